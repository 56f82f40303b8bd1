package dev.llmgateway.crds.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeneratedKeyTest {
    @Test
    void aKeyHasItsFormAndAFittingChecksum() {
        GeneratedKey key = GeneratedKey.create(new SplittableRandom(1));

        assertThat(key.text()).matches("llmgw_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");
        assertThat(GeneratedKey.wellFormed(key.text())).isTrue();
        assertThat(key.prefix()).isEqualTo(key.text().substring(0, 10));
        assertThat(key.toString()).doesNotContain(key.text().substring(15));
    }

    @Test
    void anyTypoIsFoundOffline() {
        String text = GeneratedKey.create(new SplittableRandom(2)).text();

        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(
                            GeneratedKey.wellFormed(
                                    text.substring(0, i) + other + text.substring(i + 1)))
                    .isFalse();
        }
    }

    /// The digest of `abc`, as published with the algorithm (FIPS 180-2, appendix B.1).
    @Test
    void theDigestIsSha256InLowerCase() {
        assertThat(new GeneratedKey("abc").sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

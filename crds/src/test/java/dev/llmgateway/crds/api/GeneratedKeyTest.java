package dev.llmgateway.crds.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The text of a key made by us.
class GeneratedKeyTest {
    /// Checksum (`zlib.crc32`) and digest (`hashlib.sha256`) were computed with Python, not by us.
    private static final String KNOWN =
            "llmgw_a1b2C3d4_Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0FeDcBaQwErTyU2In1nP";

    private static final String KNOWN_SHA256 =
            "3db348747b20297da00e1641df7fe9b1d3487d6d6fa4c2152a192167a1411795";

    private static final String BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void aKeyHasItsPartsInBase62() {
        GeneratedKey key = GeneratedKey.create(new Random(1));

        assertThat(key.text()).matches("llmgw_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
        assertThat(GeneratedKey.wellFormed(key.text())).isTrue();
    }

    @Test
    void aKnownKeyHasTheChecksumAndTheDigestOfAnotherProgram() {
        assertThat(GeneratedKey.wellFormed(KNOWN)).isTrue();
        assertThat(new GeneratedKey(KNOWN).sha256()).isEqualTo(KNOWN_SHA256);
    }

    @Test
    void everySingleTypoBreaksTheChecksum() {
        for (int position = 0; position < KNOWN.length(); position++) {
            for (char digit : (BASE62 + "_- ").toCharArray()) {
                StringBuilder typo = new StringBuilder(KNOWN);
                typo.setCharAt(position, digit);

                assertThat(GeneratedKey.wellFormed(typo.toString()))
                        .as(typo.toString())
                        .isEqualTo(digit == KNOWN.charAt(position));
            }
        }
    }

    @Test
    void twoNeighboursSwappedBreakTheChecksum() {
        for (int i = 0; i + 1 < KNOWN.length(); i++) {
            StringBuilder swapped = new StringBuilder(KNOWN);
            swapped.setCharAt(i, KNOWN.charAt(i + 1));
            swapped.setCharAt(i + 1, KNOWN.charAt(i));

            assertThat(GeneratedKey.wellFormed(swapped.toString()))
                    .as(swapped.toString())
                    .isEqualTo(swapped.toString().equals(KNOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "llmgw_", "sk-ant-api03-abcdefghijklmnopqrstuvwxyz", KNOWN + "0"})
    void otherTextsAreNotOfThisForm(String text) {
        assertThat(GeneratedKey.wellFormed(text)).isFalse();
    }

    @Test
    void keysAndTheirDigestsDiffer() {
        Random random = new Random(7);
        Set<String> texts = new HashSet<>();
        Set<String> digests = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            GeneratedKey key = GeneratedKey.create(random);
            texts.add(key.text());
            digests.add(key.sha256());
        }

        assertThat(texts).hasSize(1_000);
        assertThat(digests).hasSize(1_000);
    }

    @Test
    void onlyThePrefixMayBeShown() {
        GeneratedKey key = new GeneratedKey(KNOWN);

        assertThat(key.prefix()).isEqualTo("llmgw_a1b2");
        assertThat(key).hasToString("GeneratedKey[…]");
    }
}

package dev.llmgateway.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.place.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyCallTest {
    /// Otherwise the guess would cost a call instead of saving one.
    @Test
    void theGuessIsTheCallThatAListingMakes() {
        assertThat(EarlyCall.guess("k", "-n", "a", "upstream", "list", "-o", "wide"))
                .isEqualTo(call(new ClusterFlags("a", false, List.of(), 0), Kind.ACCOUNT, false));
        assertThat(EarlyCall.guess("k", "apikey", "list", "-A", "--no-headers", "--output=json"))
                .isEqualTo(call(new ClusterFlags("", true, List.of(), 0), Kind.KEY, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream list --dir=x",
                "upstream list -l a=b",
                "upstream list -w",
                "upstream show list",
                "upstream list --help",
                "--context=a upstream list",
                "list upstream",
            })
    void everythingUnusualIsLeftAlone(String words) {
        assertThat(EarlyCall.guess("k", words.split(" "))).isEmpty();
    }

    private static Optional<List<String>> call(ClusterFlags flags, Kind kind, boolean everywhere) {
        List<String> arguments = ClusterObjects.listing(kind, everywhere, "");
        return Optional.of(new Kubectl("k", flags, EarlyCall.NONE).command(arguments, true));
    }
}

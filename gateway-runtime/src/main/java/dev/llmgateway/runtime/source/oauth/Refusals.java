package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.oauth.TokenFile;
import java.time.Duration;
import java.time.Instant;

/// Whether an upstream's refusal of a token is a reason to fetch another one. Pure.
final class Refusals {
    /// A provider that refuses tokens as soon as it has made them would have them made without end.
    private static final Duration MATURE = Duration.ofSeconds(30);

    private Refusals() {}

    /// @param refused begin of the fingerprint of the refused token; empty: none
    static boolean count(String refused, TokenFile file, Instant now) {
        boolean young =
                file.tokens()
                        .issuedAt()
                        .filter(issued -> now.isBefore(issued.plus(MATURE)))
                        .isPresent();
        return !refused.isEmpty() && file.version().startsWith(refused) && !young;
    }
}

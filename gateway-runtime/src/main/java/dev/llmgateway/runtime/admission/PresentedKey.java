package dev.llmgateway.runtime.admission;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The gateway key a request carries.
///
/// @param text empty: none
/// @param ownCredential the key came in `x-llm-gateway-key`, so other credential headers are the
///   caller's own
public record PresentedKey(String text, boolean ownCredential) {
    private static final String BEARER = "bearer ";

    /// Order of spec/http.md: `x-llm-gateway-key`, then `x-api-key`, `Authorization: Bearer`,
    /// `api-key`, `x-goog-api-key`.
    ///
    /// @param headers first value of a header by lower-case name, or null
    public static PresentedKey of(Function<String, @Nullable String> headers) {
        String own = headers.apply("x-llm-gateway-key");
        if (own != null) {
            return new PresentedKey(own, true);
        }
        String key = headers.apply("x-api-key");
        if (key == null) {
            key = bearer(headers.apply("authorization"));
        }
        if (key == null) {
            key = headers.apply("api-key");
        }
        if (key == null) {
            key = headers.apply("x-goog-api-key");
        }
        return new PresentedKey(key == null ? "" : key, false);
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return authorization.substring(BEARER.length()).strip();
    }

    @Override
    public String toString() {
        return "PresentedKey[…]";
    }
}

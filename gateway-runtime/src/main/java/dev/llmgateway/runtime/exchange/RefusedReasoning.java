package dev.llmgateway.runtime.exchange;

import java.util.List;
import java.util.Locale;

/// Sealed thoughts of earlier turns that an upstream does not take back: another account or model
/// made them, or a key has changed since. The same account is asked once more without them
/// (translation.md 3.5). Pure.
final class RefusedReasoning {
    /// OpenAI's code, then its message, then Anthropic's, which quotes its words.
    private static final List<String> WORDS =
            List.of(
                    "invalid_encrypted_content",
                    "could not be verified",
                    "invalid signature in thinking block");

    private RefusedReasoning() {}

    /// @param start of an error's body
    static boolean isTold(int status, String start) {
        if (status != 400) {
            return false;
        }
        String plain = start.replace("`", "").toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(plain::contains);
    }
}

package dev.llmgateway.crds.oauth;

import java.util.regex.Pattern;

/// An `error` code of a provider, safe to be shown: codes are short words, and whatever is not may
/// be a token that a broken provider echoes.
final class ErrorWord {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{0,39}");

    private ErrorWord() {}

    static String of(String text) {
        return WORD.matcher(text).matches() ? text : "unknown_error";
    }
}

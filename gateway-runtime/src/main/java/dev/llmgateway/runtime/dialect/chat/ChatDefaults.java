package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.Slice;

/// Members that only say what would be so without them: nothing is lost with them.
public final class ChatDefaults {
    private ChatDefaults() {}

    /// @param value JSON, as it stands
    public static boolean saysNothing(String name, Slice value) {
        if (value.is("null")) {
            return true;
        }
        return switch (name) {
            case "n", "best_of" -> value.is("1");
            case "logprobs", "store", "echo" -> value.is("false");
            case "top_logprobs", "frequency_penalty", "presence_penalty" -> isZero(value);
            case "logit_bias", "metadata" -> isEmpty(value, '{', '}');
            case "modalities" -> isTextOnly(value);
            case "verbosity" -> value.is("\"medium\"");
            case "prompt_cache_retention" -> value.is("\"in_memory\"") || value.is("\"in-memory\"");
            case "suffix" -> value.is("\"\"");
            default -> false;
        };
    }

    private static boolean isZero(Slice value) {
        for (int i = 0; i < value.length(); i++) {
            byte b = value.at(i);
            if (b != '0' && b != '.' && b != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmpty(Slice value, char open, char close) {
        return value.at(0) == open
                && value.at(value.length() - 1) == close
                && value.part(1, value.length() - 1).isBlank();
    }

    /// `["text"]`, or an empty list.
    private static boolean isTextOnly(Slice value) {
        if (value.at(0) != '[') {
            return false;
        }
        String inside = value.part(1, value.length() - 1).toString().strip();
        return inside.isEmpty() || inside.equals("\"text\"");
    }
}

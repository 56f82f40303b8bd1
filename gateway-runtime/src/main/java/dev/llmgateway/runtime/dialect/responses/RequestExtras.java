package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Slice;

/// Members that mean nothing to an upstream of another format, whichever it is: refused when the
/// request makes no sense without them, dropped when it does, else named.
final class RequestExtras {
    private RequestExtras() {}

    /// @return whether nothing is left to be done with it
    /// @throws Refusal when it points to what is kept elsewhere
    static boolean done(String name, Slice value, BodyReader body) {
        if (value.is("null")) {
            return true;
        }
        FieldPath field = FieldPath.top(name);
        return switch (name) {
            case "previous_response_id", "conversation", "prompt" ->
                    throw BodyReader.refusal(
                            field, "points to what only OpenAI keeps; send the conversation whole");
            case "background" -> background(value, field);
            case "store" -> true;
            case "truncation" -> unless(value.is("\"disabled\""), field, "upstream decides", body);
            case "top_logprobs" -> value.is("0");
            case "context_management" ->
                    unless(value.is("[]"), field, "the conversation is sent whole", body);
            default -> false;
        };
    }

    private static boolean background(Slice value, FieldPath field) {
        if (value.is("true")) {
            throw BodyReader.refusal(field, "is possible at OpenAI only; wait for the reply");
        }
        return true;
    }

    private static boolean unless(
            boolean neutral, FieldPath field, String reason, BodyReader body) {
        if (!neutral) {
            body.lost(field, reason);
        }
        return true;
    }
}

package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.ReasoningEffort;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// The member `include`: what a reply is to tell beyond the usual.
final class Include {
    private static final String PROBABILITIES = "message.output_text.logprobs";
    private static final String EXTRA = "include.logprobs";

    private Include() {}

    /// Reasoning is always told, and the rest is OpenAI's own.
    static void read(Slice list, List<Extra> extras) {
        JsonCursor json = JsonCursor.of(list);
        if (json.array()) {
            while (json.element()) {
                if (json.text().equals(PROBABILITIES)) {
                    extras.add(new Extra(EXTRA, Slice.of("true")));
                }
            }
        }
    }

    /// Nothing is kept at OpenAI for a client that could not ask for it again, so that thoughts
    /// must come along; models that have none refuse to be asked for them (decisions/103).
    static void write(ChatRequest request, Target target, JsonBytes out) {
        boolean thinks = ReasoningEffort.thinks(target.model());
        boolean likely = request.extras().stream().anyMatch(Include::isProbabilities);
        if (!thinks && !likely) {
            return;
        }
        out.name("include").arrayStart();
        if (thinks) {
            out.value("reasoning.encrypted_content");
        }
        if (likely) {
            out.value(PROBABILITIES);
        }
        out.arrayEnd();
    }

    /// Whether a member asks for them, here or in Chat.
    private static boolean isProbabilities(Extra extra) {
        return extra.name().equals(EXTRA)
                || (extra.name().equals("logprobs") && extra.value().is("true"));
    }
}

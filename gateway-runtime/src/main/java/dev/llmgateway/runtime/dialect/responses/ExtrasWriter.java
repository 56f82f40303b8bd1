package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.chat.JsonMembers;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;

/// Members the hub has no place for: what Responses shares with Chat goes on, what says nothing is
/// dropped, all else is named.
final class ExtrasWriter {
    private ExtrasWriter() {}

    static void write(ChatRequest request, RequestOutput to) {
        for (Extra extra : request.extras()) {
            boolean done =
                    extra.value().is("null")
                            || (request.source() == WireFormat.Messages
                                    ? messages(extra)
                                    : openAi(extra, to));
            if (!done) {
                to.notes().lost(FieldName.of(extra.name()), "no counterpart in Responses");
            }
        }
    }

    /// @return whether nothing is left to be said of it
    private static boolean openAi(Extra extra, RequestOutput to) {
        return switch (extra.name()) {
            case "metadata",
                    "moderation",
                    "prompt_cache_options",
                    "prompt_cache_retention",
                    "top_logprobs",
                    "max_tool_calls" -> {
                to.json().name(extra.name()).json(extra.value());
                yield true;
            }
            case "verbosity",
                    "text.verbosity",
                    "logprobs",
                    "include.logprobs",
                    "stream_options",
                    "output_config" ->
                    true;
            case "n", "best_of" -> one(extra);
            case "audio" -> false;
            case "modalities" -> modalities(extra.value());
            case "store" -> !extra.value().is("true");
            default -> isNeutral(extra.value());
        };
    }

    private static boolean one(Extra extra) {
        if (JsonCursor.of(extra.value()).count(1) > 1) {
            throw new Refusal(
                    extra.name(),
                    extra.name() + ": only one reply can be translated; ask for one at a time");
        }
        return true;
    }

    private static boolean modalities(Slice value) {
        JsonCursor json = JsonCursor.of(value);
        boolean text = true;
        if (json.array()) {
            while (json.element()) {
                String modality = json.text();
                if (modality.equals("audio")) {
                    throw new Refusal(
                            "modalities", "modalities: this upstream does not speak, ask for text");
                }
                text &= modality.equals("text");
            }
        }
        return text;
    }

    /// Whether the value says what is so anyway: no, nothing, zero.
    private static boolean isNeutral(Slice value) {
        JsonCursor json = JsonCursor.of(value);
        JsonKind kind = json.kind();
        return switch (kind) {
            case False, Null -> true;
            case Object -> json.object() && !json.member();
            case String -> json.string().isEmpty();
            case Number -> Double.parseDouble(json.value().toString()) == 0;
            case Array, True -> false;
        };
    }

    private static boolean messages(Extra extra) {
        if (!extra.name().equals("thread")) {
            return false;
        }
        if (JsonMembers.string(JsonCursor.of(extra.value()), "type").is("continue")) {
            throw new Refusal(
                    "thread",
                    "thread: the earlier conversation is kept at Anthropic and not in the request;"
                            + " send it whole");
        }
        return true;
    }
}

package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;
import java.util.Set;

/// Members the hub has no place for: what Chat knows goes on to it when it comes from a format of
/// OpenAI's older family; all else is named as lost, but for what says nothing.
final class ExtrasWriter {
    /// Members of Chat that mean the same in each request of its family.
    private static final Set<String> CHAT =
            Set.of(
                    "seed",
                    "logit_bias",
                    "frequency_penalty",
                    "presence_penalty",
                    "logprobs",
                    "top_logprobs",
                    "prediction",
                    "verbosity",
                    "metadata",
                    "moderation",
                    "modalities",
                    "audio",
                    "prompt_cache_options",
                    "prompt_cache_retention",
                    "safety_identifier");

    /// Members of Responses that mean the same in Chat.
    private static final Set<String> RESPONSES =
            Set.of(
                    "metadata",
                    "moderation",
                    "prompt_cache_options",
                    "prompt_cache_retention",
                    "top_logprobs");

    /// Members of Responses that say where a conversation is that the request does not hold.
    private static final Set<String> ELSEWHERE =
            Set.of("previous_response_id", "conversation", "prompt");

    private ExtrasWriter() {}

    static void write(ChatRequest request, RequestOutput to) {
        if (request.source() == WireFormat.Responses
                && request.extras().stream().anyMatch(ExtrasWriter::asksForProbabilities)) {
            to.json().member("logprobs", true); // Chat takes their number only beside this
        }
        for (Extra extra : request.extras()) {
            boolean named =
                    switch (request.source()) {
                        case ChatCompletions -> chat(extra, to);
                        case Completions -> completions(extra, to);
                        case Messages -> messages(extra);
                        case Responses -> responses(extra, to);
                        case Embeddings, CountTokens, Models -> false;
                    };
            if (!named) {
                to.notes().lost(FieldName.of(extra.name()), "unknown to Chat upstreams");
            }
        }
    }

    private static boolean asksForProbabilities(Extra extra) {
        return extra.name().equals("include.logprobs") || extra.name().equals("top_logprobs");
    }

    /// @return whether nothing is left to be said of it
    private static boolean chat(Extra extra, RequestOutput to) {
        if (extra.value().is("null") || extra.name().equals("store")) {
            return true;
        }
        if (extra.name().equals("n")) {
            return oneReply(extra);
        }
        if (!CHAT.contains(extra.name())) {
            return false;
        }
        to.json().name(extra.name()).json(extra.value());
        return true;
    }

    private static boolean oneReply(Extra extra) {
        if (JsonCursor.of(extra.value()).count(1) > 1) {
            throw new Refusal("n", "n: only one reply can be translated; ask for one at a time");
        }
        return true;
    }

    private static boolean completions(Extra extra, RequestOutput to) {
        return switch (extra.name()) {
            case "logprobs" -> logprobs(extra.value(), to);
            case "best_of" -> JsonCursor.of(extra.value()).count(1) <= 1;
            case "echo" -> !JsonCursor.of(extra.value()).isTrue();
            case "suffix" -> extra.value().is("null") || extra.value().is("\"\"");
            default -> chat(extra, to);
        };
    }

    /// A count of alternatives there, a flag and a count here.
    private static boolean logprobs(Slice value, RequestOutput to) {
        JsonCursor json = JsonCursor.of(value);
        if (json.kind() == JsonKind.Number) {
            to.json().member("logprobs", true).member("top_logprobs", json.count(0));
        }
        return true;
    }

    private static boolean messages(Extra extra) {
        if (extra.name().equals("thread")) {
            return thread(extra.value());
        }
        return extra.value().is("null");
    }

    private static boolean thread(Slice value) {
        if (JsonMembers.string(JsonCursor.of(value), "type").is("continue")) {
            throw new Refusal(
                    "thread",
                    "thread: the earlier conversation is kept at Anthropic and not in the request;"
                            + " send it whole");
        }
        return true;
    }

    private static boolean responses(Extra extra, RequestOutput to) {
        if (extra.name().equals("text.verbosity")) {
            to.json().name("verbosity").json(extra.value());
            return true;
        }
        if (RESPONSES.contains(extra.name())) {
            to.json().name(extra.name()).json(extra.value());
            return true;
        }
        boolean nothing =
                extra.value().is("null")
                        || extra.value().is("false")
                        || extra.name().equals("include.logprobs");
        if (!nothing && (ELSEWHERE.contains(extra.name()) || extra.name().equals("background"))) {
            throw new Refusal(
                    extra.name(),
                    extra.name()
                            + ": a Chat upstream keeps no state; send the conversation whole and"
                            + " wait for the reply");
        }
        return nothing || extra.name().equals("store");
    }
}

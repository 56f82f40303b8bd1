package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// From a request to the reply that will be played. Pure.
record Stage(WireFormat format, String model, boolean stream, long firstByteMillis) {
    /// Until the first token of `simulated-slow`.
    private static final long SLOW_START_MILLIS = 300;

    Performance rehearse(byte[] bytes) {
        if (format == WireFormat.Models) {
            return json(200, ModelList.all(), "models");
        }
        Optional<JsonNode> body = Json.parseObject(bytes);
        Prompt prompt = Prompt.read(model, bytes, body.orElseGet(Json::object));
        return switch (Scenario.of(model)) {
            case Scenario.Refuse(int status, long after) -> refusal(prompt, status, after);
            case Scenario.Hang() -> error(prompt, 504, "Silence.").silent(firstByteMillis);
            case Scenario _ when body.isEmpty() ->
                    error(prompt, 400, "The body is not a JSON object.");
            case Scenario.Cut cut -> spoken(cut, prompt).cut();
            case Scenario.OverloadedEvent event -> overloaded(event, prompt);
            case Scenario.Slow slow ->
                    spoken(slow, prompt).paced(SLOW_START_MILLIS, slow.gapMillis());
            case Scenario scenario -> spoken(scenario, prompt);
        };
    }

    private Performance spoken(Scenario scenario, Prompt prompt) {
        Script script = Script.of(scenario, prompt);
        Optional<ReplyFormat> shape = shape();
        if (shape.isEmpty()) {
            return json(200, measured(prompt), prompt.id());
        }
        return stream
                ? events(shape.get().stream(script), prompt)
                : json(200, shape.get().whole(script), prompt.id());
    }

    /// Without a stream there is no event: the status says it.
    private Performance overloaded(Scenario scenario, Prompt prompt) {
        Optional<ReplyFormat> shape = shape();
        if (shape.isPresent() && stream) {
            return events(shape.get().overloaded(Script.of(scenario, prompt)), prompt);
        }
        int status = format == WireFormat.Messages || format == WireFormat.CountTokens ? 529 : 503;
        return error(prompt, status, "Overloaded");
    }

    private Performance refusal(Prompt prompt, int status, long retryAfterSeconds) {
        Performance refused = error(prompt, status, "The model " + model + " always fails so.");
        if (retryAfterSeconds == 0 && status != 429) {
            return refused;
        }
        String seconds = Long.toString(retryAfterSeconds);
        return Performance.of(refused.head().with("retry-after", seconds), refused.frames());
    }

    private Performance error(Prompt prompt, int status, String message) {
        JsonNode body = VendorError.of(status).body(format, message, prompt.id());
        return json(status, body, prompt.id());
    }

    /// The formats without a conversation.
    private JsonNode measured(Prompt prompt) {
        return switch (format) {
            case Embeddings -> EmbeddingsReply.of(prompt);
            case CountTokens -> Json.object().put("input_tokens", prompt.inputTokens());
            case Models, Messages, ChatCompletions, Responses, Completions -> ModelList.all();
        };
    }

    private Optional<ReplyFormat> shape() {
        return switch (format) {
            case Messages -> Optional.of(new MessagesReply());
            case ChatCompletions -> Optional.of(new ChatReply());
            case Responses -> Optional.of(new ResponsesReply());
            case Completions -> Optional.of(new CompletionsReply());
            case Embeddings, CountTokens, Models -> Optional.empty();
        };
    }

    private static Performance events(List<byte[]> frames, Prompt prompt) {
        return Performance.of(SimulatedHead.stream(prompt.id()), frames);
    }

    private static Performance json(int status, JsonNode body, String id) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return Performance.of(SimulatedHead.json(status, id, bytes.length), List.of(bytes));
    }
}

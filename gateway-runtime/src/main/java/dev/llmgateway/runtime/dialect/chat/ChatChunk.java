package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;

/// One chunk of a stream, or a document, read whole before anything of it is told; reused. Slices
/// are views of it, empty ones were not said. Only the choice with index 0 counts.
final class ChatChunk {
    private final String deltaName;
    private final JsonCursor json = new JsonCursor();
    private ChatDelta delta = new ChatDelta();
    private ChatDelta spare = new ChatDelta();

    /// Escaped.
    Slice id = Slice.EMPTY;

    /// Escaped.
    Slice model = Slice.EMPTY;

    /// `service_tier`, escaped.
    Slice tier = Slice.EMPTY;

    /// An object.
    Slice usage = Slice.EMPTY;

    /// An error object, or what stands in its place.
    Slice error = Slice.EMPTY;

    /// Noise of changing length, against those who watch the wire.
    Slice obfuscation = Slice.EMPTY;

    boolean hasChoice;

    /// @param deltaName `delta` in chunks, `message` in documents
    ChatChunk(String deltaName) {
        this.deltaName = deltaName;
    }

    ChatDelta delta() {
        return delta;
    }

    /// @return false: it is no object
    /// @throws dev.llmgateway.runtime.dialect.json.MalformedJson when it is no JSON
    boolean read(Slice data) {
        clear();
        json.over(data);
        if (!json.object()) {
            return false;
        }
        while (json.member()) {
            switch (json.key()) {
                case "id" -> id = json.string();
                case "model" -> model = json.string();
                case "choices" -> choices();
                case "service_tier" -> tier = json.string();
                case "usage" -> usage = ChatDelta.of(JsonKind.Object, json);
                case "error" -> error();
                case "object" -> errorObject(data);
                case "obfuscation" -> obfuscation = json.string();
                default -> json.skip();
            }
        }
        json.end();
        return true;
    }

    private void clear() {
        id = Slice.EMPTY;
        model = Slice.EMPTY;
        tier = Slice.EMPTY;
        usage = Slice.EMPTY;
        error = Slice.EMPTY;
        obfuscation = Slice.EMPTY;
        hasChoice = false;
        delta.clear();
    }

    private void choices() {
        if (!json.array()) {
            return;
        }
        while (json.element()) {
            choice();
        }
    }

    private void choice() {
        if (!json.object()) {
            return;
        }
        spare.clear();
        long index = 0;
        while (json.member()) {
            String key = json.key();
            if (key.equals(deltaName)) {
                spare.read(json);
                continue;
            }
            switch (key) {
                case "index" -> index = json.count(0);
                case "logprobs" -> spare.logprobs(json);
                case "finish_reason" -> spare.finish = json.string();
                case "usage" -> spare.usage = ChatDelta.of(JsonKind.Object, json);
                default -> json.skip();
            }
        }
        if (index == 0) {
            ChatDelta read = spare;
            spare = delta;
            delta = read;
            hasChoice = true;
        }
    }

    /// `null`, `false` and an empty text are no errors.
    private void error() {
        JsonKind kind = json.kind();
        Slice value = json.value();
        boolean none =
                kind == JsonKind.Null
                        || kind == JsonKind.False
                        || (kind == JsonKind.String && value.length() == 2);
        error = none ? Slice.EMPTY : value;
    }

    /// Older servers send the error itself, without an object around it.
    private void errorObject(Slice data) {
        if (json.string().is("error") && error.isEmpty()) {
            error = data;
        }
    }

    /// Whether nothing that matters stands beside one choice.
    boolean saysOnlyItsChoice() {
        return hasChoice && usage.isEmpty() && error.isEmpty();
    }
}

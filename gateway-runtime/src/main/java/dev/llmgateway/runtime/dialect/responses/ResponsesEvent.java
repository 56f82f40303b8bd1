package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;

/// The members of one event, read whole before anything of it is told; reused. Slices are views of
/// it, empty ones were not said.
final class ResponsesEvent {
    private final JsonCursor json = new JsonCursor();

    String type = "";
    long outputIndex;

    /// `content_index` or `summary_index`.
    long part;

    /// Number of the event, as it stands.
    Slice number = Slice.EMPTY;

    /// Escaped; so the next ones.
    Slice delta = Slice.EMPTY;

    /// What a `done` repeats: `text`, `refusal`, `arguments` or `input`.
    Slice whole = Slice.EMPTY;

    /// Noise of changing length, against those who watch the wire.
    Slice obfuscation = Slice.EMPTY;

    /// Objects.
    Slice response = Slice.EMPTY;

    Slice item = Slice.EMPTY;
    Slice annotation = Slice.EMPTY;

    /// A list that is not empty.
    Slice logprobs = Slice.EMPTY;

    Slice error = Slice.EMPTY;

    /// @return false: it is no object
    /// @throws dev.llmgateway.runtime.dialect.json.MalformedJson when it is no JSON
    boolean read(Slice data) {
        clear();
        json.over(data);
        if (json.kind() != JsonKind.Object) {
            return false;
        }
        json.object();
        while (json.member()) {
            if (!text(json.key()) && !object(json.key())) {
                json.skip();
            }
        }
        json.end();
        return true;
    }

    private void clear() {
        type = "";
        outputIndex = 0;
        part = 0;
        number = Slice.EMPTY;
        delta = Slice.EMPTY;
        whole = Slice.EMPTY;
        obfuscation = Slice.EMPTY;
        response = Slice.EMPTY;
        item = Slice.EMPTY;
        annotation = Slice.EMPTY;
        logprobs = Slice.EMPTY;
        error = Slice.EMPTY;
    }

    private boolean text(String key) {
        switch (key) {
            case "type" -> type = json.text();
            case "output_index" -> outputIndex = json.count(0);
            case "content_index", "summary_index" -> part = json.count(0);
            case "sequence_number" -> number = number();
            case "delta" -> delta = json.string();
            case "text", "refusal", "arguments", "input" -> {
                Slice said = json.string();
                whole = said.isEmpty() ? whole : said;
            }
            case "obfuscation" -> obfuscation = json.string();
            default -> {
                return false;
            }
        }
        return true;
    }

    private Slice number() {
        boolean number = json.kind() == JsonKind.Number;
        Slice value = json.value();
        return number ? value : Slice.EMPTY;
    }

    private boolean object(String key) {
        switch (key) {
            case "response" -> response = object();
            case "item" -> item = object();
            case "annotation" -> annotation = object();
            case "logprobs" -> logprobs = list(json);
            case "error" -> error = object();
            default -> {
                return false;
            }
        }
        return true;
    }

    static Slice list(JsonCursor json) {
        boolean list = json.kind() == JsonKind.Array;
        Slice value = json.value();
        return list && value.length() > 2 ? value : Slice.EMPTY;
    }

    private Slice object() {
        boolean object = json.kind() == JsonKind.Object;
        Slice value = json.value();
        return object ? value : Slice.EMPTY;
    }
}

package dev.llmgateway.runtime.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/// One line of a watch to what it says.
final class WatchEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WatchEvents() {}

    /// @param asked names the watch in failures
    /// @param key of the ConfigMap's data
    static WatchSignal read(byte[] line, String asked, String key) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (IOException _) {
            return new WatchSignal.Failed(new ApiFailure(asked, "the watch sent no JSON"));
        }
        JsonNode object = event.path("object");
        IndexObject seen = IndexObject.of(object, key);
        return switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> new WatchSignal.Seen(seen);
            case "DELETED" ->
                    new WatchSignal.Seen(
                            new IndexObject(seen.resourceVersion(), java.util.Optional.empty()));
            case "BOOKMARK" -> new WatchSignal.Bookmark(seen.resourceVersion());
            case "ERROR" -> error(object.path("code").asInt(), asked);
            default -> new WatchSignal.Failed(new ApiFailure(asked, "an unknown event"));
        };
    }

    private static WatchSignal error(int code, String asked) {
        ApiFailure failure = new ApiFailure(asked, code);
        return failure.gone() ? new WatchSignal.Gone() : new WatchSignal.Failed(failure);
    }
}

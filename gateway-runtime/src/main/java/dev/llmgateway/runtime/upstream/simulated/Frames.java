package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// SSE frames in order.
final class Frames {
    private final List<byte[]> frames = new ArrayList<>();

    /// `event:` and `data:`; the event's name is the data's `type`.
    Frames event(JsonNode data) {
        return add("event: " + data.path("type").textValue() + "\ndata: " + data + "\n\n");
    }

    /// `data:` only.
    Frames data(JsonNode data) {
        return add("data: " + data + "\n\n");
    }

    /// The end of Chat and Completions streams.
    Frames done() {
        return add("data: [DONE]\n\n");
    }

    List<byte[]> all() {
        return frames;
    }

    private Frames add(String frame) {
        frames.add(frame.getBytes(StandardCharsets.UTF_8));
        return this;
    }
}

package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;

/// Frames of a Responses stream and their numbers (translation.md 4.5).
final class ItemEvents {
    private long next;

    /// Number of the next event.
    long next() {
        return next;
    }

    /// Starts an event: members may be added behind it, then [#end].
    JsonBytes start(String type, JsonBytes out) {
        return out.ascii(opening(type));
    }

    static String opening(String type) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"";
    }

    void end(JsonBytes out) {
        out.ascii(",\"sequence_number\":").number(next++).ascii("}\n\n");
    }
}

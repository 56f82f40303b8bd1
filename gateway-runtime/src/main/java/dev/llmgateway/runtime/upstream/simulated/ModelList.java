package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/// The hybrid model list both SDK families read (translation.md 9).
final class ModelList {
    /// One per behaviour; names with numbers stand for their families.
    static final List<String> NAMES =
            List.of(
                    "simulated-chat",
                    "simulated-echo",
                    "simulated-tool",
                    "simulated-thinking",
                    "simulated-slow",
                    "simulated-long-200",
                    "simulated-cut",
                    "simulated-overloaded-event",
                    "simulated-hang",
                    "simulated-400",
                    "simulated-401",
                    "simulated-403",
                    "simulated-404",
                    "simulated-429",
                    "simulated-500",
                    "simulated-503",
                    "simulated-529");

    private ModelList() {}

    static ObjectNode all() {
        ArrayNode data = Json.array();
        NAMES.forEach(name -> data.add(model(name)));
        ObjectNode list = Json.object().put("object", "list");
        list.set("data", data);
        return list.put("has_more", false)
                .put("first_id", NAMES.getFirst())
                .put("last_id", NAMES.getLast());
    }

    private static ObjectNode model(String name) {
        return Json.object()
                .put("id", name)
                .put("object", "model")
                .put("created", ReplyFormat.CREATED)
                .put("owned_by", "simulated")
                .put("type", "model")
                .put("display_name", name)
                .put("created_at", Instant.ofEpochSecond(ReplyFormat.CREATED).toString());
    }
}

package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Events of one Responses stream, numbered densely from 0. Items come completed; what was not yet
/// said is blanked in their `added` events.
final class ResponsesStream {
    private final Frames frames = new Frames();
    private int sequence;

    List<byte[]> all() {
        return frames.all();
    }

    /// An event that carries the response.
    ResponsesStream lifecycle(String type, ObjectNode response) {
        ObjectNode event = Json.typed(type);
        return send(event.set("response", response));
    }

    /// The live, nested error event.
    ResponsesStream error(ObjectNode error) {
        ObjectNode event = Json.typed("error").put("sequence_number", sequence++);
        frames.event(event.set("error", error));
        return this;
    }

    void reasoning(int index, ObjectNode item, List<String> words) {
        ObjectNode opened = item.deepCopy();
        opened.remove("encrypted_content");
        opened.set("summary", Json.array());
        item("response.output_item.added", index, opened);
        String id = item.path("id").textValue();
        String text = String.join("", words);
        String prefix = "response.reasoning_summary_";
        ObjectNode added = summary(prefix + "part.added", id, index);
        send(added.set("part", ResponsesItems.summary("")));
        for (String word : words) {
            send(summary(prefix + "text.delta", id, index).put("delta", word));
        }
        send(summary(prefix + "text.done", id, index).put("text", text));
        ObjectNode done = summary(prefix + "part.done", id, index);
        send(done.set("part", ResponsesItems.summary(text)));
        item("response.output_item.done", index, item);
    }

    void message(int index, ObjectNode item, List<String> words) {
        ObjectNode opened = item.deepCopy().put("status", "in_progress");
        opened.set("content", Json.array());
        item("response.output_item.added", index, opened);
        String id = item.path("id").textValue();
        String text = String.join("", words);
        ObjectNode added = content("response.content_part.added", id, index);
        send(added.set("part", ResponsesItems.part("")));
        for (String word : words) {
            ObjectNode delta = content("response.output_text.delta", id, index);
            send(delta.put("delta", word).set("logprobs", Json.array()));
        }
        ObjectNode said = content("response.output_text.done", id, index);
        send(said.put("text", text).set("logprobs", Json.array()));
        ObjectNode done = content("response.content_part.done", id, index);
        send(done.set("part", ResponsesItems.part(text)));
        item("response.output_item.done", index, item);
    }

    void call(int index, ObjectNode item) {
        ObjectNode opened = item.deepCopy().put("status", "in_progress").put("arguments", "");
        item("response.output_item.added", index, opened);
        String arguments = item.path("arguments").textValue();
        send(onItem("response.function_call_arguments.delta", item, index).put("delta", arguments));
        send(
                onItem("response.function_call_arguments.done", item, index)
                        .put("name", item.path("name").textValue())
                        .put("arguments", arguments));
        item("response.output_item.done", index, item);
    }

    private void item(String type, int index, ObjectNode item) {
        ObjectNode event = Json.typed(type).put("output_index", index);
        send(event.set("item", item));
    }

    private static ObjectNode onItem(String type, ObjectNode item, int index) {
        String id = item.path("id").textValue();
        return Json.typed(type).put("item_id", id).put("output_index", index);
    }

    private static ObjectNode summary(String type, String id, int index) {
        ObjectNode event = Json.typed(type).put("item_id", id).put("output_index", index);
        return event.put("summary_index", 0);
    }

    private static ObjectNode content(String type, String id, int index) {
        ObjectNode event = Json.typed(type).put("item_id", id).put("output_index", index);
        return event.put("content_index", 0);
    }

    private ResponsesStream send(ObjectNode event) {
        frames.event(event.put("sequence_number", sequence++));
        return this;
    }
}

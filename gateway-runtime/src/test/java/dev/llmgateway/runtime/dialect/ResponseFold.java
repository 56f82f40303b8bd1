package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A Responses stream put together by its small events, with the rules that the strictest official
/// client has (translation.md 4.6): nothing before `created`, nothing of what was not opened,
/// nothing left open, numbers without a gap, one id.
record ResponseFold(List<JsonNode> events, JsonNode output) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ResponseFold of(String stream) {
        List<JsonNode> events = new ArrayList<>();
        Map<Integer, Item> items = new TreeMap<>();
        for (String frame : stream.split("\n\n", -1)) {
            if (frame.isEmpty()) {
                continue;
            }
            String[] lines = frame.split("\n", -1);
            JsonNode event = FieldRow.tree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + event.path("type").asText());
            assertThat(event.path("sequence_number").asInt()).isEqualTo(events.size());
            events.add(event);
            take(event, items);
        }
        assertThat(events.getFirst().path("type").asText()).isEqualTo("response.created");
        String id = events.getFirst().at("/response/id").asText();
        assertThat(events)
                .filteredOn(event -> event.has("response"))
                .allMatch(event -> event.at("/response/id").asText().equals(id));
        return new ResponseFold(events, output(events, items));
    }

    JsonNode last() {
        return events.getLast();
    }

    private static ArrayNode output(List<JsonNode> events, Map<Integer, Item> items) {
        ArrayNode output = JSON.createArrayNode();
        boolean failed = events.getLast().path("type").asText().equals("response.failed");
        items.forEach((index, item) -> {
            assertThat(index).isEqualTo(output.size());
            assertThat(item.done || failed).as("item %s is done", index).isTrue();
            output.add(item.json);
        });
        return output;
    }

    private static void take(JsonNode event, Map<Integer, Item> items) {
        String type = event.path("type").asText();
        int index = event.path("output_index").asInt(-1);
        if (index < 0) {
            return;
        }
        if (type.equals("response.output_item.added")) {
            assertThat(items).doesNotContainKey(index);
            items.put(index, new Item((ObjectNode) event.path("item").deepCopy()));
            return;
        }
        assertThat(items).as(type + " of an item that was opened").containsKey(index);
        Item item = Objects.requireNonNull(items.get(index));
        assertThat(item.done).isFalse();
        if (type.equals("response.output_item.done")) {
            item.end(event.path("item"));
            return;
        }
        assertThat(event.path("item_id").asText()).isEqualTo(item.json.path("id").asText());
        item.take(type, event);
    }

    /// One item while it grows.
    private static final class Item {
        private final ObjectNode json;
        private final Map<Integer, StringBuilder> texts = new TreeMap<>();
        private boolean done;

        Item(ObjectNode json) {
            this.json = json;
        }

        void take(String type, JsonNode event) {
            int part =
                    event.has("content_index")
                            ? event.path("content_index").asInt()
                            : event.path("summary_index").asInt(0);
            if (type.endsWith("_part.added")) {
                assertThat(texts).doesNotContainKey(part);
                assertThat(part).isEqualTo(texts.size());
                texts.put(part, new StringBuilder());
            } else if (type.endsWith(".delta")) {
                boolean parts = type.contains("text") || type.contains("refusal");
                assertThat(!parts || texts.containsKey(part)).as("a part is open").isTrue();
                texts.computeIfAbsent(part, _ -> new StringBuilder())
                        .append(event.path("delta").asText());
            }
        }

        void end(JsonNode whole) {
            done = true;
            assertThat(whole.path("id")).isEqualTo(json.path("id"));
            assertThat(whole.path("type")).isEqualTo(json.path("type"));
            assertThat(whole.path("call_id")).isEqualTo(json.path("call_id"));
            List<String> said = new ArrayList<>();
            whole.path("content")
                    .forEach(part ->
                            said.add(part.path("text").asText() + part.path("refusal").asText()));
            whole.path("summary").forEach(part -> said.add(part.path("text").asText()));
            if (whole.has("arguments") || whole.has("input")) {
                said.add(whole.path("arguments").asText() + whole.path("input").asText());
            }
            List<String> grown = texts.values().stream().map(StringBuilder::toString).toList();
            if (!grown.isEmpty() || said.stream().anyMatch(text -> !text.isEmpty())) {
                assertThat(grown).isEqualTo(said);
            }
            json.setAll((ObjectNode) whole);
        }
    }
}

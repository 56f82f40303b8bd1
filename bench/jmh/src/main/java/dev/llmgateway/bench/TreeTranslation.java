package dev.llmgateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// The yardstick: the same translation as it is commonly written, lines to trees, trees to lines.
/// Does less than ours: no checks, no tools, no usage but the last, one piece.
final class TreeTranslation {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final byte[] DATA = "data: ".getBytes(UTF_8);
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

    private final Direction direction;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private final StringBuilder said = new StringBuilder();
    private long number;

    TreeTranslation(Direction direction) {
        this.direction = direction;
    }

    byte[] translate(byte[] stream) throws IOException {
        out.reset();
        said.setLength(0);
        number = 0;
        int from = 0;
        for (int i = 0; i < stream.length; i++) {
            if (stream[i] == '\n') {
                line(stream, from, i);
                from = i + 1;
            }
        }
        return out.toByteArray();
    }

    private void line(byte[] stream, int from, int to) throws IOException {
        int start = from + DATA.length;
        boolean data = to > start && Arrays.equals(stream, from, start, DATA, 0, DATA.length);
        if (data && !Arrays.equals(stream, start, to, DONE, 0, DONE.length)) {
            read(MAPPER.readTree(stream, start, to - start));
        }
    }

    private void read(JsonNode event) throws IOException {
        String text;
        boolean end;
        JsonNode usage = event.path("usage");
        switch (direction.upstream) {
            case ChatCompletions -> {
                JsonNode choice = event.path("choices").path(0);
                text = choice.path("delta").path("content").asText("");
                end = choice.path("finish_reason").isTextual();
            }
            case Messages -> {
                text = event.path("delta").path("text").asText("");
                end = event.path("delta").has("stop_reason");
            }
            default -> {
                String type = event.path("type").asText();
                boolean delta = type.equals("response.output_text.delta");
                text = delta ? event.path("delta").asText() : "";
                end = type.equals("response.completed");
                usage = event.path("response").path("usage");
            }
        }
        if (!text.isEmpty()) {
            text(text);
        } else if (end) {
            end(usage);
        }
    }

    private void text(String text) throws IOException {
        switch (direction.client) {
            case ChatCompletions -> {
                ObjectNode choice = MAPPER.createObjectNode().put("index", 0);
                choice.putNull("finish_reason").putObject("delta").put("content", text);
                chunk(choice);
            }
            case Messages -> {
                ObjectNode event = MAPPER.createObjectNode().put("index", 0);
                event.putObject("delta").put("type", "text_delta").put("text", text);
                event("content_block_delta", event);
            }
            default -> {
                said.append(text);
                ObjectNode event = MAPPER.createObjectNode().put("item_id", "msg_1");
                event.put("output_index", 0).put("content_index", 0).put("delta", text);
                event("response.output_text.delta", event.put("sequence_number", number++));
            }
        }
    }

    private void end(JsonNode usage) throws IOException {
        switch (direction.client) {
            case ChatCompletions -> {
                ObjectNode choice = MAPPER.createObjectNode().put("finish_reason", "stop");
                choice.putObject("delta");
                chunk(choice);
            }
            case Messages -> {
                ObjectNode event = MAPPER.createObjectNode();
                event.putObject("delta").put("stop_reason", "end_turn");
                event("message_delta", event.set("usage", usage));
            }
            default -> {
                ObjectNode event = MAPPER.createObjectNode();
                ObjectNode response = event.putObject("response").put("id", "resp_1");
                ObjectNode item = response.putArray("output").addObject().put("type", "message");
                item.putArray("content").addObject().put("text", said.toString());
                response.set("usage", usage);
                event("response.completed", event.put("sequence_number", number++));
            }
        }
    }

    private void chunk(ObjectNode choice) throws IOException {
        ObjectNode chunk = MAPPER.createObjectNode().put("id", "chatcmpl-1");
        chunk.put("object", "chat.completion.chunk").put("created", 1L).put("model", "claude");
        chunk.putArray("choices").add(choice);
        out.write(DATA);
        out.write(MAPPER.writeValueAsBytes(chunk));
        out.write('\n');
        out.write('\n');
    }

    private void event(String name, ObjectNode event) throws IOException {
        out.write("event: ".getBytes(UTF_8));
        out.write(name.getBytes(UTF_8));
        out.write('\n');
        out.write(DATA);
        out.write(MAPPER.writeValueAsBytes(event.put("type", name)));
        out.write('\n');
        out.write('\n');
    }
}

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

    TreeTranslation(Direction direction) {
        this.direction = direction;
    }

    byte[] translate(byte[] stream) throws IOException {
        out.reset();
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
        if (to <= start || !Arrays.equals(stream, from, start, DATA, 0, DATA.length)) {
            return;
        }
        if (Arrays.equals(stream, start, to, DONE, 0, DONE.length)) {
            event("message_stop", MAPPER.createObjectNode());
            return;
        }
        JsonNode tree = MAPPER.readTree(stream, start, to - start);
        if (direction == Direction.ChatToMessages) {
            chunk(tree);
        } else {
            message(tree);
        }
    }

    private void chunk(JsonNode chunk) throws IOException {
        JsonNode choice = chunk.path("choices").path(0);
        String text = choice.path("delta").path("content").asText("");
        if (!text.isEmpty()) {
            ObjectNode event = MAPPER.createObjectNode().put("type", "content_block_delta");
            event.put("index", 0).putObject("delta").put("type", "text_delta").put("text", text);
            event("content_block_delta", event);
        } else if (choice.path("finish_reason").isTextual()) {
            ObjectNode event = MAPPER.createObjectNode().put("type", "message_delta");
            event.putObject("delta").put("stop_reason", "end_turn");
            event("message_delta", event.set("usage", chunk.path("usage")));
        } else {
            event("message_start", MAPPER.createObjectNode().put("id", chunk.path("id").asText()));
        }
    }

    private void message(JsonNode event) throws IOException {
        String text = event.path("delta").path("text").asText("");
        if (text.isEmpty() && !event.path("delta").has("stop_reason")) {
            return;
        }
        ObjectNode chunk = MAPPER.createObjectNode().put("id", "chatcmpl-1");
        chunk.put("object", "chat.completion.chunk").put("created", 1L).put("model", "claude");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        if (text.isEmpty()) {
            choice.put("finish_reason", "stop").putObject("delta");
        } else {
            choice.putNull("finish_reason").putObject("delta").put("content", text);
        }
        out.write(DATA);
        out.write(MAPPER.writeValueAsBytes(chunk));
        out.write('\n');
        out.write('\n');
    }

    private void event(String name, JsonNode event) throws IOException {
        out.write("event: ".getBytes(UTF_8));
        out.write(name.getBytes(UTF_8));
        out.write('\n');
        out.write(DATA);
        out.write(MAPPER.writeValueAsBytes(event));
        out.write('\n');
        out.write('\n');
    }
}

package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// OpenAI embeddings: unit vectors made from the input's hash, so equal texts get equal vectors.
final class EmbeddingsReply {
    private static final int USUAL_DIMENSIONS = 16;
    private static final int MOST_DIMENSIONS = 4096;

    /// As at OpenAI.
    private static final int MOST_INPUTS = 2048;

    private EmbeddingsReply() {}

    static ObjectNode of(Prompt prompt) {
        JsonNode body = prompt.body();
        int dimensions =
                Math.clamp(body.path("dimensions").asInt(USUAL_DIMENSIONS), 1, MOST_DIMENSIONS);
        boolean base64 = body.path("encoding_format").asText().equals("base64");
        ArrayNode data = Json.array();
        for (String input : inputs(body.path("input"))) {
            ObjectNode item = Json.object().put("object", "embedding").put("index", data.size());
            float[] vector = vector(input, dimensions);
            data.add(base64 ? item.put("embedding", base64(vector)) : plain(item, vector));
        }
        ObjectNode reply = Json.object().put("object", "list");
        reply.set("data", data);
        int tokens = prompt.inputTokens();
        reply.put("model", prompt.model());
        return reply.set(
                "usage", Json.object().put("prompt_tokens", tokens).put("total_tokens", tokens));
    }

    /// A text, a list of texts, a list of tokens, or a list of token lists.
    private static List<String> inputs(JsonNode input) {
        boolean many = input.isArray() && !input.path(0).isNumber();
        List<String> inputs = new ArrayList<>();
        if (many) {
            for (JsonNode item : input) {
                if (inputs.size() < MOST_INPUTS) {
                    inputs.add(item.isTextual() ? item.textValue() : item.toString());
                }
            }
            return inputs;
        }
        return List.of(input.isTextual() ? input.textValue() : input.toString());
    }

    private static float[] vector(String text, int dimensions) {
        byte[] block = Prompt.sha256(text);
        float[] vector = new float[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            if (i > 0 && i % block.length == 0) {
                block = Prompt.sha256(block);
            }
            vector[i] = (block[i % block.length] + 0.5f) / 128;
            squares += vector[i] * vector[i];
        }
        float norm = (float) Math.sqrt(squares);
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= norm;
        }
        return vector;
    }

    private static ObjectNode plain(ObjectNode item, float[] vector) {
        ArrayNode numbers = Json.array();
        for (float number : vector) {
            numbers.add(number);
        }
        return item.set("embedding", numbers);
    }

    /// Little-endian 32-bit floats, as the SDKs read them.
    private static String base64(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}

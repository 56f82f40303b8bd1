package dev.llmgateway.runtime.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Where a document names its model, found with Jackson: what the gateway's own scanner is measured
/// by.
///
/// @param spans start and end of each top-level `model` string between its quotes, in bytes
/// @param names the same, decoded
record ModelValues(List<int[]> spans, List<String> names) {

    static ModelValues in(String document) throws IOException {
        List<int[]> spans = new ArrayList<>();
        List<String> names = new ArrayList<>();
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("model")) {
                    names.add(parser.getText());
                    int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    int end = (int) parser.currentLocation().getByteOffset() - 1;
                    spans.add(new int[] {start, end});
                }
                parser.skipChildren();
            }
        }
        return new ModelValues(spans, names);
    }

    /// The name that counts; empty: none.
    String last() {
        return names.isEmpty() ? "" : names.getLast();
    }

    /// The document with another name in every place.
    String replaced(String document, String name) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        byte[] escaped =
                name.replace("\\", "\\\\").replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int[] span : spans) {
            out.write(bytes, from, span[0] - from);
            out.writeBytes(escaped);
            from = span[1];
        }
        out.write(bytes, from, bytes.length - from);
        return out.toString(StandardCharsets.UTF_8);
    }
}

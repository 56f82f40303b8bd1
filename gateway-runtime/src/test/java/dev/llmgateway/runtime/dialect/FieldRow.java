package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A row of `translation/fields.table`, whose head explains the columns.
record FieldRow(
        WireFormat from,
        WireFormat to,
        String field,
        Action action,
        String model,
        String sample,
        List<String> expected,
        String text) {
    private static final Path TABLE = Path.of("src/test/resources/translation/fields.table");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 6;

    enum Action {
        carried,
        mapped,
        warned,
        refused,
        dropped
    }

    static List<FieldRow> all() {
        try {
            List<FieldRow> rows = new ArrayList<>();
            WireFormat from = WireFormat.ChatCompletions;
            WireFormat to = WireFormat.Messages;
            for (String line : Files.readAllLines(TABLE)) {
                if (line.startsWith("## ")) {
                    String[] pair = line.substring(3).split(" -> ", -1);
                    from = format(pair[0]);
                    to = format(pair[1]);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(of(from, to, line));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WireFormat format(String name) {
        return name.equals("Chat") ? WireFormat.ChatCompletions : WireFormat.valueOf(name);
    }

    private static FieldRow of(WireFormat from, WireFormat to, String line) {
        String[] cells = (line + " ").split(" \\| ", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("not " + COLUMNS + " columns: " + line);
        }
        String usual = to == WireFormat.Messages ? "claude-sonnet-4-5" : "gpt-4.1";
        return new FieldRow(
                from,
                to,
                cells[0],
                Action.valueOf(cells[1]),
                cells[2].equals("-") ? usual : cells[2],
                cells[3],
                List.of(cells[4].split(" ;; ")),
                cells[5].strip());
    }

    /// The sample as a whole request.
    String body() {
        ObjectNode body = (ObjectNode) json("{" + members() + "}");
        body.put("model", model);
        if (from == WireFormat.Responses) {
            if (!body.has("input")) {
                body.put("input", "Hi");
            }
            if (!body.has("max_output_tokens")) {
                body.put("max_output_tokens", 100);
            }
            return body.toString();
        }
        if (!body.has("messages")) {
            body.putArray("messages").addObject().put("role", "user").put("content", "Hi");
        }
        boolean limited = body.has("max_tokens") || body.has("max_completion_tokens");
        if (!limited) {
            body.put("max_tokens", 100);
        }
        return body.toString();
    }

    private String members() {
        if (from == WireFormat.Responses) {
            return responses();
        }
        int colon = sample.indexOf(": ");
        String kind = colon < 0 ? "" : sample.substring(0, colon);
        String rest = sample.substring(colon < 0 ? 0 : colon + 2);
        return switch (kind) {
            case "user" ->
                    "'messages':[{'role':'user','content':[{'type':'text','text':'Hi'},"
                            + rest
                            + "]}]";
            case "assistant" ->
                    "'messages':[{'role':'user','content':'Hi'},{'role':'assistant',"
                            + rest
                            + "},{'role':'user','content':'Go on'}]";
            case "messages" -> "'messages':[" + rest + "]";
            case "tools" -> "'tools':[" + rest + "]";
            default -> sample;
        };
    }

    private String responses() {
        int colon = sample.indexOf(": ");
        String kind = colon < 0 ? "" : sample.substring(0, colon);
        String rest = sample.substring(colon < 0 ? 0 : colon + 2);
        return switch (kind) {
            case "user" ->
                    "'input':[{'role':'user','content':[{'type':'input_text','text':'Hi'},"
                            + rest
                            + "]}]";
            case "input" -> "'input':[{'role':'user','content':'Hi'}," + rest + "]";
            case "items" -> "'input':[" + rest + "]";
            case "tools" -> "'tools':[" + rest + "]";
            default -> sample;
        };
    }

    /// @param text with `'` for `"`
    static JsonNode json(String text) {
        return tree(text.replace('\'', '"'));
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public String toString() {
        return from + " to " + to + " " + field;
    }
}

package dev.llmgateway.runtime.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rows of `framing.table`, which explains its own form.
final class FramingTable {
    private static final Pattern REPEATED = Pattern.compile("@\\{([^*]+)\\*(\\d+)}");
    private static final Pattern BYTE = Pattern.compile("\\\\(x([0-9a-f]{2})|[rnt0])");

    private FramingTable() {}

    /// @param authorised how many of its requests may reach an upstream
    /// @param ends the connection ends; else it serves the next request
    /// @param cut the request is incomplete and never answered
    record Row(
            String name,
            List<Integer> statuses,
            int authorised,
            boolean ends,
            boolean cut,
            String source) {

        /// The bytes, asking for models of an upstream of six letters.
        String wire(String upstream) {
            return expand(source, upstream);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        try (InputStream table = FramingTable.class.getResourceAsStream("framing.table")) {
            byte[] text = Objects.requireNonNull(table).readAllBytes();
            return new String(text, StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(FramingTable::row)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// A whole good request for that model.
    static String request(String model) {
        String body = body(model);
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nX-Api-Key: "
                + GatewayFixture.KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    static String body(String model) {
        return "{\"model\":\"" + model + "\"}";
    }

    private static Row row(String line) {
        String[] columns = line.split(" \\| ", 4);
        List<String> words = Arrays.asList(columns[1].split(" "));
        List<Integer> statuses =
                words.stream()
                        .filter(word -> Character.isDigit(word.charAt(0)))
                        .map(Integer::valueOf)
                        .toList();
        int authorised = columns[2].equals("-") ? 0 : columns[2].split(" ").length;
        boolean cut = words.contains("cut");
        return new Row(columns[0], statuses, authorised, words.contains("close"), cut, columns[3]);
    }

    private static String expand(String source, String upstream) {
        String text = source;
        for (Map.Entry<String, String> macro : macros(upstream).entrySet()) {
            text = text.replace(macro.getKey(), macro.getValue());
        }
        text = REPEATED.matcher(text).replaceAll(FramingTable::repeated);
        return BYTE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(bytes(found)));
    }

    private static Map<String, String> macros(String upstream) {
        String body = body(upstream + "-one");
        String hidden = request(upstream + "-hid");
        Map<String, String> macros = new LinkedHashMap<>();
        macros.put("@S", hidden.replace("\r\n", "\\r\\n"));
        macros.put("@P", "@R@H@F");
        macros.put("@R", "POST /v1/chat/completions HTTP/1.1\\r\\n");
        macros.put("@H", "Host: test\\r\\n");
        macros.put("@F", "X-Api-Key: @K\\r\\nContent-Type: application/json\\r\\n");
        macros.put("@K", GatewayFixture.KEY);
        macros.put("@L", "Content-Length: @n\\r\\n");
        macros.put("@T", "Transfer-Encoding: chunked\\r\\n");
        macros.put("@C", "@h\\r\\n@B\\r\\n0\\r\\n\\r\\n");
        macros.put("@E", "\\r\\n");
        macros.put("@B", body);
        macros.put("@M", upstream);
        macros.put("@n", Integer.toString(body.length()));
        macros.put("@h", Integer.toHexString(body.length()));
        macros.put("@s", Integer.toString(hidden.length()));
        macros.put("@q", Integer.toHexString(hidden.length()));
        return macros;
    }

    private static String repeated(MatchResult found) {
        return Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2))));
    }

    private static String bytes(MatchResult found) {
        return switch (found.group(1).charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            default -> Character.toString(Integer.parseInt(found.group(2), 16));
        };
    }
}

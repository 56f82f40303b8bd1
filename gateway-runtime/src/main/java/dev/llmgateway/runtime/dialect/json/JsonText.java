package dev.llmgateway.runtime.dialect.json;

import java.nio.charset.StandardCharsets;

/// Text as the inside of a JSON string. Also escapes what ends a line for some readers of event
/// streams and logs, steers a terminal or turns the direction of text (controls, formats,
/// separators), and surrogates without their other half, which UTF-8 cannot carry.
public final class JsonText {
    private JsonText() {}

    /// The text between quotes.
    public static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    /// UTF-8 bytes, without quotes.
    public static byte[] escapedBytes(String text) {
        return escaped(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                append(out, c);
            }
        }
        return out.toString();
    }

    private static boolean steers(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || (c >= 0x7F && steers(c))) {
                    out.append("\\u").append(Character.forDigit(c >> 12, 16));
                    out.append(Character.forDigit((c >> 8) & 0xF, 16));
                    out.append(Character.forDigit((c >> 4) & 0xF, 16));
                    out.append(Character.forDigit(c & 0xF, 16));
                } else {
                    out.append(c);
                }
            }
        }
    }
}

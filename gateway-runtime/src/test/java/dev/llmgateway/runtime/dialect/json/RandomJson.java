package dev.llmgateway.runtime.dialect.json;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// Valid request bodies, as odd as RFC 8259 permits, from a seed. But for unpaired surrogates in
/// member names, which Jackson refuses and we pass on.
public final class RandomJson {
    private static final String[] NAMES = {
        "messages",
        "input",
        "tools",
        "max_tokens",
        "unknown",
        "",
        "mod",
        "models",
        "\\u0000",
        "é",
        "stop"
    };
    private static final String[] MODEL_NAMES = {"model", "model", "mod\\u0065l", "\\u006Dodel"};
    private static final String[] STRINGS = {
        "a",
        "",
        "\\\"model\\\":\\\"x\\\"",
        "\\\\",
        "\\n\\/",
        "日本語",
        "😀",
        "\\ud83d\\ude00",
        "\\ud800",
        "gpt-4o",
        "\u007f\u2028",
        "\"".replace("\"", "\\\""),
        "claude-sonnet-4-5-20250929"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "1", "-12.50", "1e400", "1E-7", "123456789012345678901234567890", "0.1e+5"
    };
    private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n\t "};

    private final Random random;

    public RandomJson(long seed) {
        random = new Random(seed);
    }

    public String body() {
        StringBuilder out = new StringBuilder(space()).append('{');
        String stream = pick("true", "false", "null", "1", "\"true\"", "[]");
        int members = random.nextInt(8);
        Set<String> used = new HashSet<>();
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? "" : ",").append(space());
            int kind = random.nextInt(4);
            if (kind == 0) {
                member(out, pick(MODEL_NAMES), modelValue());
            } else if (kind == 1) {
                member(out, pick("stream", "s\\u0074ream"), stream);
            } else {
                // Members that decide are there once; anything else may be there again.
                String name = pick(NAMES);
                member(out, used.add(name) ? name : "unknown", value(0));
            }
        }
        return out.append(space()).append('}').append(space()).toString();
    }

    private void member(StringBuilder out, String name, String value) {
        out.append('"').append(name).append('"').append(space()).append(':').append(space());
        out.append(value).append(space());
    }

    private String modelValue() {
        return '"'
                + pick("gpt-4o", "", "a\\\"b", "cl\\u0061ude", "日本", "\\ud83d\\ude00", "a/b:c.d")
                + '"';
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 4 ? 4 : 7);
        return switch (kind) {
            case 0 -> pick(NUMBERS);
            case 1 -> pick("true", "false", "null");
            case 2 -> '"' + pick(STRINGS) + pick(STRINGS) + '"';
            case 3 -> '"' + "QUJD".repeat(random.nextInt(40)) + '"';
            case 4, 5 -> object(depth);
            default -> list(depth);
        };
    }

    private String object(int depth) {
        StringBuilder out = new StringBuilder("{").append(space());
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? "" : ",").append(space());
            member(out, pick("model", "stream", "role", "content", pick(NAMES)), value(depth + 1));
        }
        return out.append('}').toString();
    }

    private String list(int depth) {
        StringBuilder out = new StringBuilder("[").append(space());
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
            out.append(i == 0 ? "" : ",").append(space()).append(value(depth + 1)).append(space());
        }
        return out.append(']').toString();
    }

    private String space() {
        return pick(SPACES);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

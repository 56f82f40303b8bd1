package dev.llmgateway.runtime.dialect.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One reply of a Chat upstream as a stream and as a document: thoughts, text and calls, in the
/// order a document has.
final class RandomChatReply {
    private static final String[] PIECES = {
        "a", " word", "\\n", "\\\"", "\\\\", "日本", "😀", "\\u0041", "\\ud83d", "\\ude00", "}", "{",
        "[", "\\/"
    };
    private static final String[] ARGUMENTS = {
        "",
        "{}",
        "{\\\"a\\\":1}",
        "{\\\"a}\\\": [\\\"\\\\\\\"{\\\", {}]}",
        "{\\\"s\\\":\\\"\\\\u007b日\\\\n\\\"}",
        "\\u007b\\u0022k\\u0022:null}"
    };

    private final Random random;
    private final List<String> message = new ArrayList<>();
    private final List<String> deltas = new ArrayList<>();
    private final String finish;
    private final String usage;
    private final boolean noisy;
    private int blocks;

    RandomChatReply(Random random) {
        this.random = random;
        this.noisy = random.nextBoolean();
        this.usage =
                "{\"prompt_tokens\":"
                        + random.nextInt(50)
                        + ",\"completion_tokens\":"
                        + (1 + random.nextInt(50))
                        + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                        + random.nextInt(20)
                        + "}}";
        this.finish = new String[] {"stop", "length", "content_filter"}[random.nextInt(3)];
        deltas.add("\"role\":\"assistant\",\"content\":\"\"");
        text(random.nextBoolean() ? "reasoning_content" : "reasoning");
        text("content");
        text("refusal");
        calls(random.nextInt(4));
    }

    int blocks() {
        return blocks;
    }

    String document() {
        return Chat.document(String.join(",", message), finish, usage)
                .replace("\"role\":\"assistant\",}", "\"role\":\"assistant\"}");
    }

    String stream() {
        StringBuilder stream = new StringBuilder();
        for (String delta : deltas) {
            stream.append(chunk("\"choices\":[{\"index\":0," + Chat.delta(delta) + "}]"));
        }
        stream.append(chunk("\"choices\":[{\"index\":0," + Chat.finish(finish) + "}]"));
        return stream + chunk("\"choices\":[],\"usage\":" + usage) + "data: [DONE]\n\n";
    }

    private String chunk(String members) {
        return Chat.chunk(members + (noisy ? ",\"obfuscation\":\"" + noise() + "\"" : ""));
    }

    /// Of a length that follows from how often it was asked, so that a reply always reads the same.
    private String noise() {
        return "n".repeat(message.size() % 3);
    }

    private void text(String name) {
        StringBuilder whole = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            String piece = PIECES[random.nextInt(PIECES.length)];
            whole.append(piece);
            deltas.add("\"" + name + "\":\"" + piece + "\"");
        }
        blocks += whole.isEmpty() ? 0 : 1;
        message.add("\"" + name + "\":" + (whole.isEmpty() ? "null" : "\"" + whole + "\""));
    }

    private void calls(int count) {
        List<String> whole = new ArrayList<>();
        List<List<String>> fragments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String arguments = ARGUMENTS[random.nextInt(ARGUMENTS.length)];
            String head =
                    "\"id\":\"call_"
                            + i
                            + "\",\"type\":\"function\",\"function\":{\"name\":\"f"
                            + i;
            whole.add("{" + head + "\",\"arguments\":\"" + arguments + "\"}}");
            deltas.add(tool("{\"index\":" + i + "," + head + "\",\"arguments\":\"\"}}"));
            fragments.add(pieces(i, arguments));
        }
        blocks += count;
        if (count > 0) {
            message.add("\"tool_calls\":[" + String.join(",", whole) + "]");
        }
        interleave(fragments);
    }

    private void interleave(List<List<String>> fragments) {
        fragments.removeIf(List::isEmpty);
        while (!fragments.isEmpty()) {
            List<String> next = fragments.get(random.nextInt(fragments.size()));
            deltas.add(next.removeFirst());
            fragments.removeIf(List::isEmpty);
        }
    }

    /// Cut between escapes of the outer string.
    private List<String> pieces(int index, String arguments) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < arguments.length()) {
            int to = from;
            for (int i = 1 + random.nextInt(4); i > 0 && to < arguments.length(); i--) {
                to = next(arguments, to);
            }
            pieces.add(
                    tool(
                            "{\"index\":"
                                    + index
                                    + ",\"function\":{\"arguments\":\""
                                    + arguments.substring(from, to)
                                    + "\"}}"));
            from = to;
        }
        return pieces;
    }

    private static int next(String text, int at) {
        if (text.charAt(at) != '\\') {
            return at + 1;
        }
        return text.charAt(at + 1) == 'u' ? at + 6 : at + 2;
    }

    private static String tool(String element) {
        return "\"tool_calls\":[" + element + "]";
    }
}

package dev.llmgateway.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `kubectl`'s templates: text with `{.items[*].metadata.name}`, `{"\n"}` and `{range
/// .items[*]}…{end}` in it. Filters (`?(…)`), slices and recursive descent are not known.
public final class JsonPath {
    private final List<Part> parts;

    private JsonPath(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Values(List<Step> steps) implements Part {}

        record Range(List<Step> steps, List<Part> body) implements Part {}
    }

    private sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int position) implements Step {}

        record All() implements Step {}
    }

    /// Empty for a text that is no template.
    public static Optional<JsonPath> of(String template) {
        boolean bare = template.startsWith(".") || template.startsWith("[");
        Reader reader = new Reader(bare ? "{" + template + "}" : template);
        Optional<List<Part>> parts = reader.parts(false);
        return parts.map(JsonPath::new);
    }

    String apply(JsonNode data) {
        StringBuilder text = new StringBuilder();
        write(parts, data, text);
        return text.toString();
    }

    private static void write(List<Part> parts, JsonNode data, StringBuilder text) {
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String literal) -> text.append(literal);
                case Part.Values(List<Step> steps) ->
                        text.append(
                                String.join(
                                        " ",
                                        values(data, steps).stream()
                                                .map(JsonPath::shown)
                                                .toList()));
                case Part.Range(List<Step> steps, List<Part> body) ->
                        values(data, steps).forEach(each -> write(body, each, text));
            }
        }
    }

    private static String shown(JsonNode node) {
        return node.isContainerNode() ? Json.compact(node) : node.asText();
    }

    private static List<JsonNode> values(JsonNode data, List<Step> steps) {
        List<JsonNode> now = List.of(data);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            now.forEach(node -> take(node, step, next));
            now = next;
        }
        return now;
    }

    private static void take(JsonNode node, Step step, List<JsonNode> into) {
        switch (step) {
            case Step.Field(String name) -> add(node.get(name), into);
            case Step.Index(int position) ->
                    add(node.get(position < 0 ? node.size() + position : position), into);
            case Step.All() -> node.forEach(into::add);
        }
    }

    private static void add(JsonNode node, List<JsonNode> into) {
        if (node != null && !node.isMissingNode()) {
            into.add(node);
        }
    }

    /// Reads a template once, from left to right; empty results mean that it is none.
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Optional<List<Part>> parts(boolean inRange) {
            List<Part> parts = new ArrayList<>();
            while (at < text.length()) {
                if (text.charAt(at) != '{') {
                    int end = text.indexOf('{', at);
                    parts.add(new Part.Literal(text.substring(at, end < 0 ? text.length() : end)));
                    at = end < 0 ? text.length() : end;
                    continue;
                }
                int end = closing();
                if (end < 0) {
                    return Optional.empty();
                }
                String inside = text.substring(at + 1, end).strip();
                at = end + 1;
                if (inside.equals("end")) {
                    return inRange ? Optional.of(parts) : Optional.empty();
                }
                Optional<Part> part = part(inside);
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(part.get());
            }
            return inRange ? Optional.empty() : Optional.of(parts);
        }

        /// The brace that ends the expression, not one inside quotes.
        private int closing() {
            boolean quoted = false;
            for (int i = at + 1; i < text.length(); i++) {
                char each = text.charAt(i);
                if (each == '"') {
                    quoted = !quoted;
                } else if (each == '}' && !quoted) {
                    return i;
                }
            }
            return -1;
        }

        private Optional<Part> part(String inside) {
            if (inside.length() >= 2 && inside.startsWith("\"") && inside.endsWith("\"")) {
                String quoted = inside.substring(1, inside.length() - 1);
                return Optional.of(new Part.Literal(quoted.translateEscapes()));
            }
            if (inside.startsWith("range ")) {
                Optional<List<Step>> steps = steps(inside.substring("range ".length()).strip());
                Optional<List<Part>> body = steps.isEmpty() ? Optional.empty() : parts(true);
                return body.map(parts -> new Part.Range(steps.orElseThrow(), parts));
            }
            return steps(inside).map(Part.Values::new);
        }

        private static Optional<List<Step>> steps(String path) {
            List<Step> steps = new ArrayList<>();
            int at = path.startsWith("$") || path.startsWith("@") ? 1 : 0;
            while (at < path.length()) {
                int end =
                        path.charAt(at) == '[' ? path.indexOf(']', at) + 1 : fieldEnd(path, at + 1);
                Optional<Step> step = end <= at ? Optional.empty() : step(path.substring(at, end));
                if (step.isEmpty()) {
                    return Optional.empty();
                }
                steps.add(step.get());
                at = end;
            }
            return Optional.of(
                    steps.stream().filter(step -> !step.equals(new Step.Field(""))).toList());
        }

        private static int fieldEnd(String path, int from) {
            int end = from;
            while (end < path.length()
                    && (".[".indexOf(path.charAt(end)) < 0 || path.charAt(end - 1) == '\\')) {
                end++;
            }
            return end;
        }

        private static Optional<Step> step(String text) {
            if (text.startsWith(".")) {
                String name = text.substring(1).replace("\\.", ".");
                return Optional.of(name.equals("*") ? new Step.All() : new Step.Field(name));
            }
            if (!text.startsWith("[")) {
                return Optional.empty();
            }
            String inside = text.substring(1, text.length() - 1).strip();
            if (inside.equals("*")) {
                return Optional.of(new Step.All());
            }
            if (inside.length() > 1 && inside.startsWith("'") && inside.endsWith("'")) {
                return Optional.of(new Step.Field(inside.substring(1, inside.length() - 1)));
            }
            return inside.matches("-?[0-9]{1,9}")
                    ? Optional.of(new Step.Index(Integer.parseInt(inside)))
                    : Optional.empty();
        }
    }
}

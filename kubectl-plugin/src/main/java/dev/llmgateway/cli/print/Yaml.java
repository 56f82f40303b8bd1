package dev.llmgateway.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// Trees as block-style YAML that every YAML 1.1 and 1.2 reader understands the same way.
public final class Yaml {
    /// Words that some reader takes for a boolean or nothing.
    private static final Set<String> RESERVED =
            Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf");

    private Yaml() {}

    /// One document, with a line end behind it.
    public static String of(JsonNode node) {
        StringBuilder text = new StringBuilder();
        if (node.isContainerNode() && !node.isEmpty()) {
            block(node, 0, text);
        } else {
            text.append(scalar(node)).append('\n');
        }
        return text.toString();
    }

    /// Several documents.
    public static String of(Iterable<? extends JsonNode> documents) {
        StringBuilder text = new StringBuilder();
        for (JsonNode document : documents) {
            text.append(text.isEmpty() ? "" : "---\n").append(of(document));
        }
        return text.toString();
    }

    private static void block(JsonNode node, int indent, StringBuilder text) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                text.repeat(' ', indent);
                member(member, indent, text);
            }
        } else {
            for (JsonNode item : node) {
                text.repeat(' ', indent).append("- ");
                item(item, indent, text);
            }
        }
    }

    private static void member(Map.Entry<String, JsonNode> member, int indent, StringBuilder text) {
        text.append(scalar(member.getKey())).append(':');
        JsonNode value = member.getValue();
        if (!value.isContainerNode() || value.isEmpty()) {
            text.append(' ').append(scalar(value)).append('\n');
        } else {
            text.append('\n');
            block(value, value.isObject() ? indent + 2 : indent, text);
        }
    }

    /// The first member stands on the line of the dash.
    private static void item(JsonNode item, int indent, StringBuilder text) {
        if (!item.isContainerNode() || item.isEmpty()) {
            text.append(scalar(item)).append('\n');
        } else if (item.isArray()) {
            text.append('\n');
            block(item, indent + 2, text);
        } else {
            Iterator<Map.Entry<String, JsonNode>> members = item.properties().iterator();
            member(members.next(), indent + 2, text);
            while (members.hasNext()) {
                text.repeat(' ', indent + 2);
                member(members.next(), indent + 2, text);
            }
        }
    }

    private static String scalar(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> scalar(node.textValue());
            case OBJECT -> "{}";
            case ARRAY -> "[]";
            case NUMBER, BOOLEAN -> node.asText();
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }

    /// A text as one YAML scalar: plain where nobody can misread it, else in double quotes.
    public static String scalar(String text) {
        return plain(text) ? text : Json.compact(Json.text(text));
    }

    private static boolean plain(String text) {
        if (text.isEmpty()
                || RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT))
                || !starts(text.codePointAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean colonInside = each == ':' && i + 1 < text.length() && text.charAt(i + 1) != ' ';
            if (!Character.isLetterOrDigit(each) && "_-./".indexOf(each) < 0 && !colonInside) {
                return false;
            }
        }
        return true;
    }

    /// A digit in front may make a number, a date or a base-60 integer of it.
    private static boolean starts(int first) {
        return Character.isLetter(first) || first == '/' || first == '_';
    }
}

package dev.llmgateway.cli.folder;

import java.util.ArrayList;
import java.util.List;

/// Which characters of a file belong to which document. Pure.
final class DocumentText {
    private DocumentText() {}

    /// The text without one document; empty when no other document is left.
    static String without(String text, YamlDocument document) {
        List<YamlDocument> all = YamlDocument.of(text);
        if (all.stream()
                .noneMatch(
                        each -> each.position() != document.position() && each.tree().isObject())) {
            return "";
        }
        int[] range = range(text, document);
        return text.substring(0, range[0]) + text.substring(range[1]);
    }

    /// In the place of the last account or key: a running gateway takes a vanished file for a
    /// mishap and keeps its plan where nothing would remain, so a revoked key would stay valid.
    static String keepingFile(String kind, String namespace) {
        return """
        # The last %s was removed here. The file stays, lest a gateway takes it for lost and keeps what it said.
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        """
                .formatted(kind, namespace);
    }

    /// The text with another document in the place of one.
    static String with(String text, YamlDocument document, String replacement) {
        int[] range = range(text, document);
        String separator = text.startsWith("---", range[0]) ? "---\n" : "";
        return text.substring(0, range[0]) + separator + replacement + text.substring(range[1]);
    }

    /// From its `---` (or the begin of the file) to the next one.
    private static int[] range(String text, YamlDocument document) {
        int inside =
                text.offsetByCodePoints(0, document.root().getStartMark().orElseThrow().getIndex());
        int from = 0;
        for (int start : separators(text)) {
            if (start > inside) {
                return new int[] {from, start};
            }
            from = start;
        }
        return new int[] {from, text.length()};
    }

    private static List<Integer> separators(String text) {
        List<Integer> starts = new ArrayList<>();
        int line = 0;
        while (line >= 0 && line < text.length()) {
            if (text.startsWith("---", line)
                    && (line + 3 == text.length() || text.charAt(line + 3) <= ' ')) {
                starts.add(line);
            }
            int end = text.indexOf('\n', line);
            line = end < 0 ? -1 : end + 1;
        }
        return starts;
    }
}

package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// The attribution line that Claude Code puts before its instructions. It differs from request to
/// request, so that at any vendor but Anthropic no cached prefix would ever be met again
/// (translation.md 2.2, edge case 28).
public final class BillingLine {
    private static final byte[] START = "x-anthropic-billing-header:".getBytes(US_ASCII);

    private BillingLine() {}

    /// The texts without the line when it leads them; a block that holds nothing else vanishes.
    public static List<Part.Text> without(List<Part.Text> system) {
        if (system.isEmpty() || !system.getFirst().text().startsWith(START)) {
            return system;
        }
        Part.Text first = system.getFirst();
        Slice rest = afterFirstLine(first.text());
        List<Part.Text> others = new ArrayList<>(system.subList(1, system.size()));
        if (!rest.isBlank()) {
            others.addFirst(new Part.Text(rest, first.cache()));
        }
        return others;
    }

    /// Lines of an escaped text end with `\n`; empty lines that follow go too.
    private static Slice afterFirstLine(Slice text) {
        int at = 0;
        while (at < text.length() && !isLineEnd(text, at)) {
            at += text.at(at) == '\\' ? 2 : 1;
        }
        while (isLineEnd(text, at)) {
            at += 2;
        }
        return at >= text.length() ? Slice.EMPTY : text.part(at, text.length());
    }

    private static boolean isLineEnd(Slice text, int at) {
        return at + 1 < text.length()
                && text.at(at) == '\\'
                && (text.at(at + 1) == 'n' || text.at(at + 1) == 'r');
    }
}

package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.HeaderLines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a translation lost, as the value of `x-gateway-warnings`.
final class Warnings {
    /// Most bytes of the header's value (translation.md, Row actions).
    private static final int MOST = 1_024;

    private static final String MORE = "; ...";

    private Warnings() {}

    /// What is lost on the way to an upstream.
    ///
    /// @param translation null: the client's body passes
    static String of(Order order, @Nullable Translation translation) {
        return header(translation == null ? order.omitted().losses() : translation.losses());
    }

    /// Adds the header, if there is anything to warn of.
    static void add(List<String> losses, HeaderLines lines) {
        if (!losses.isEmpty()) {
            lines.add("x-gateway-warnings", header(losses));
        }
    }

    /// `field=reason; …`, cut between two losses when there are too many. Only visible ASCII.
    static String header(List<String> losses) {
        if (losses.isEmpty()) {
            return ""; // nearly always
        }
        StringBuilder line = new StringBuilder();
        for (String loss : losses) {
            if (line.length() + loss.length() + 2 + MORE.length() > MOST) {
                return line.append(line.isEmpty() ? MORE.substring(2) : MORE).toString();
            }
            line.append(line.isEmpty() ? "" : "; ").append(visible(loss));
        }
        return line.toString();
    }

    private static String visible(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c < 127 ? c : '?');
        }
        return clean.toString();
    }
}

package dev.llmgateway.runtime.upstream;

import dev.llmgateway.runtime.model.RetryAfter;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What of an upstream's reply head reaches the client: an allow-list (http.md, Headers).
/// Rate-limit and identity headers describe the account, not the client's key, and stay here.
public final class ReplyHeaders {
    private static final List<String> ALLOWED =
            List.of("content-type", "retry-after", "retry-after-ms", "x-should-retry");

    private ReplyHeaders() {}

    /// Appends the allowed headers, each at most once (the first line counts). A value that could
    /// end a line is left out.
    public static void copy(ResponseHead head, HeaderLines lines) {
        for (int i = 0; i < ALLOWED.size(); i++) {
            String name = ALLOWED.get(i);
            String value = head.header(name);
            if (value != null && clean(value)) {
                lines.add(name, value);
            }
        }
    }

    /// Whether the body is compressed although `identity` was asked for: it can neither be tapped
    /// nor relayed, since `content-encoding` is not passed on.
    public static boolean encoded(ResponseHead head) {
        String encoding = head.header("content-encoding");
        return encoding != null && !encoding.isBlank() && !encoding.strip().equals("identity");
    }

    /// How long the upstream asks us to stay away, in milliseconds up to `capMillis`.
    public static OptionalLong retryAfter(ResponseHead head, long nowEpochMillis, long capMillis) {
        List<String> seconds = new ArrayList<>(1);
        List<String> milliseconds = new ArrayList<>(1);
        head.forEachHeader((name, value) -> {
            String text = name.toString();
            if (text.equalsIgnoreCase("retry-after")) {
                seconds.add(value.toString());
            } else if (text.equalsIgnoreCase("retry-after-ms")) {
                milliseconds.add(value.toString());
            }
        });
        return RetryAfter.millis(seconds, milliseconds, nowEpochMillis, capMillis);
    }

    private static boolean clean(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
                return false;
            }
        }
        return true;
    }
}

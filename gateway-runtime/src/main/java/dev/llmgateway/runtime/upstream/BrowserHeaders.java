package dev.llmgateway.runtime.upstream;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which headers a page may send us across origins: those that may pass upstream, credentials, and
/// what we read ourselves.
public final class BrowserHeaders {
    private static final List<AsciiString> OURS =
            List.of(
                    AsciiString.cached("x-llm-gateway-key"),
                    AsciiString.cached("x-request-id"),
                    AsciiString.cached("content-encoding"));

    private BrowserHeaders() {}

    /// Of the names in an `access-control-request-headers` value those that may be sent, in lower
    /// case.
    public static List<String> allowed(String asked) {
        List<String> names = new ArrayList<>();
        for (String part : asked.split(",", -1)) {
            String name = part.strip().toLowerCase(Locale.ROOT);
            if (isToken(name) && isAllowed(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isAllowed(String name) {
        return HeaderNames.find(name).kind() != HeaderNames.Kind.Other
                || OURS.stream().anyMatch(ours -> ours.contentEquals(name));
    }

    /// A name by prefix may end in anything; what goes back to the browser may not.
    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= '0' && c <= '9')
                                        || c == '-'
                                        || c == '_');
    }
}

package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.RequestHead;
import dev.llmgateway.runtime.transport.Response;
import dev.llmgateway.runtime.upstream.BrowserHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which pages may call from a browser, and what their browsers are told. Cookies play no part
/// here, so credentials mode is never allowed.
///
/// @param origins in lower case, without a default port
record Cors(boolean any, Set<String> origins) {
    /// Seconds a browser may keep the answer; Chrome keeps none longer.
    private static final String MAX_AGE = "7200";

    private static final String EXPOSED =
            "request-id, x-request-id, retry-after, retry-after-ms, x-should-retry, "
                    + "x-gateway-attempts, x-gateway-account, x-gateway-warnings, x-gateway-reset, "
                    + "x-gateway-estimate, server-timing";

    /// @param allowed origins as written in the plan, or `*`; empty: no CORS
    static Cors of(List<String> allowed) {
        return new Cors(
                allowed.contains("*"),
                allowed.stream().map(Cors::normal).collect(Collectors.toUnmodifiableSet()));
    }

    /// As browsers send it.
    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String port = lower.startsWith("https:") ? ":443" : ":80";
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }

    /// Whether the request comes from a page that may call; every reply to it then says so.
    boolean welcomes(RequestHead head, Downstream downstream) {
        if (origins.isEmpty()) {
            return false;
        }
        List<String> sent = head.headers("origin");
        if (sent.size() != 1 || !(any || origins.contains(sent.getFirst()))) {
            return false;
        }
        downstream.everyReply(
                new HeaderLines()
                        .add("access-control-allow-origin", sent.getFirst())
                        .add("vary", "origin")
                        .add("access-control-expose-headers", EXPOSED));
        return true;
    }

    static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS")
                && head.header("access-control-request-method") != null;
    }

    /// What may be asked of a route; the browser compares.
    static Response preflight(RequestHead head, Operation operation, String requestId) {
        HeaderLines lines =
                Answers.ids(new HeaderLines(), requestId)
                        .add("access-control-allow-methods", operation.allow())
                        .add("access-control-max-age", MAX_AGE);
        String asked = head.header("access-control-request-headers");
        List<String> allowed = asked == null ? List.of() : BrowserHeaders.allowed(asked);
        if (!allowed.isEmpty()) {
            lines.add("access-control-allow-headers", String.join(", ", allowed));
        }
        return new Response(204, lines, "", false);
    }
}

package dev.llmgateway.runtime.upstream;

import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.ResponseHead;

/// The upstream headers that reach the client: what the reply is, and when to come back
/// (spec/http.md, Headers).
///
/// Rate limits describe one account of a pool, cookies and server names are not the client's
/// business.
public final class ReplyHeaders {
    private static final String[] NAMES = {
        "content-type", "retry-after", "retry-after-ms", "x-should-retry"
    };

    private ReplyHeaders() {}

    public static void copy(ResponseHead from, HeaderLines to) {
        for (String name : NAMES) {
            String value = from.header(name);
            if (value != null) {
                to.add(name, value);
            }
        }
    }
}

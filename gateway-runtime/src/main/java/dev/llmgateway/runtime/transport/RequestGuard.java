package dev.llmgateway.runtime.transport;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may be read as a request and yet must not be served (spec/http.md, Limits).
final class RequestGuard {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");

    private static final Refusal CODING = new Refusal(501, "unknown transfer coding", true);
    private static final Refusal LENGTHS = new Refusal(400, "malformed request head", true);
    private static final Refusal VERSION = new Refusal(505, "only HTTP/1.1 is served", true);
    private static final Refusal METHOD = new Refusal(501, "unknown method", true);
    private static final Refusal TARGET = new Refusal(400, "malformed request target", true);
    private static final Refusal FIELDS = new Refusal(431, "too many header fields", true);
    private static final Refusal HOST = new Refusal(400, "no Host, or a malformed one", true);
    private static final Refusal EXPECTATION = new Refusal(417, "unknown expectation", true);
    private static final Refusal WEBSOCKET =
            new Refusal(426, "WebSocket is not served; use HTTP", false);

    private RequestGuard() {}

    /// Why a head is refused; null: it is not.
    static @Nullable Refusal check(ParsedHead head, int mostHeaders) {
        RequestFraming framing = head.framing();
        if (framing.unknownCoding()) {
            return CODING;
        }
        if (framing.contradictory()) {
            return LENGTHS;
        }
        if (!head.http11()) {
            return VERSION;
        }
        if (!METHODS.contains(head.method())) {
            return METHOD;
        }
        if (!originForm(head.target())) {
            return TARGET;
        }
        return head.lineCount() > mostHeaders ? FIELDS : fields(framing);
    }

    private static @Nullable Refusal fields(RequestFraming framing) {
        if (!framing.oneHost()) {
            return HOST;
        }
        if (framing.strangeExpectation()) {
            return EXPECTATION;
        }
        return framing.websocket() ? WEBSOCKET : null;
    }

    private static boolean originForm(String target) {
        if (target.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 127 || c == '#') {
                return false;
            }
        }
        return true;
    }
}

package dev.llmgateway.runtime.transport;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What Netty's strict decoder still lets through and a gateway must not (spec/http.md, Limits).
final class RequestGuard {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");

    private RequestGuard() {}

    static Optional<Refusal> check(HttpRequest request, int mostHeaders) {
        if (request.decoderResult().isFailure()) {
            return refuse(status(request.decoderResult().cause()), "malformed request head");
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return refuse(505, "only HTTP/1.1 is served");
        }
        if (!METHODS.contains(request.method().name())) {
            return refuse(501, "unknown method");
        }
        if (!originForm(request.uri())) {
            return refuse(400, "malformed request target");
        }
        if (request.headers().size() > mostHeaders) {
            return refuse(431, "too many header fields");
        }
        return fields(request);
    }

    private static Optional<Refusal> fields(HttpRequest request) {
        int hosts = 0;
        int codings = 0;
        boolean websocket = false;
        Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                request.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            CharSequence name = field.getKey();
            CharSequence value = field.getValue();
            switch (name.length()) {
                case 0 -> {
                    return refuse(400, "empty header name");
                }
                case 4 -> {
                    if (Ascii.same(name, "host") && (++hosts > 1 || !authority(value))) {
                        return refuse(400, "malformed or repeated Host");
                    }
                }
                case 6 -> {
                    if (Ascii.same(name, "expect") && !Ascii.same(value, "100-continue")) {
                        return refuse(417, "unknown expectation");
                    }
                }
                case 7 ->
                        websocket |= Ascii.same(name, "upgrade") && Ascii.same(value, "websocket");
                case 17 -> {
                    if (Ascii.same(name, "transfer-encoding")
                            && (++codings > 1 || !Ascii.same(value, "chunked"))) {
                        return refuse(501, "unknown transfer coding");
                    }
                }
                default -> {}
            }
        }
        if (hosts != 1) {
            return refuse(400, "no Host");
        }
        return websocket
                ? Optional.of(new Refusal(426, "WebSocket is not served; use HTTP", false))
                : Optional.empty();
    }

    private static Optional<Refusal> refuse(int status, String message) {
        return Optional.of(new Refusal(status, message, true));
    }

    private static int status(Throwable cause) {
        return cause instanceof TooLongFrameException ? 431 : 400;
    }

    private static boolean originForm(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
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

    private static boolean authority(CharSequence host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letter =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '.' && c != '-' && c != '_' && c != ':' && c != '[' && c != ']') {
                return false;
            }
        }
        return !host.isEmpty();
    }
}

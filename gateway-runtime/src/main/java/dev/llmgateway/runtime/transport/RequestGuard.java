package dev.llmgateway.runtime.transport;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
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
            return refuse(status(request), "malformed request head");
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

    private static int status(HttpRequest request) {
        if (request.decoderResult().cause() instanceof TooLongFrameException) {
            return 431;
        }
        return unknownCoding(request.headers()) ? 501 : 400;
    }

    /// Whether one coding that nobody knows is all that is said of a body's length.
    private static boolean unknownCoding(HttpHeaders headers) {
        List<String> codings = headers.getAll("transfer-encoding");
        return codings.size() == 1
                && !Ascii.same(codings.getFirst(), "chunked")
                && !headers.contains("content-length");
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

    /// A name, an IPv4 address or an IPv6 one in brackets, and perhaps a port.
    private static boolean authority(CharSequence host) {
        int length = host.length();
        boolean bracket = length > 0 && host.charAt(0) == '[';
        int at = bracket ? 1 : 0;
        int from = at;
        while (at < length && (bracket ? isAddress(host.charAt(at)) : isName(host.charAt(at)))) {
            at++;
        }
        if (at == from) {
            return false;
        }
        if (bracket && (at == length || host.charAt(at++) != ']')) {
            return false;
        }
        return at == length || (host.charAt(at) == ':' && isPort(host, at + 1));
    }

    private static boolean isName(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    private static boolean isAddress(char c) {
        boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        return digit || c == ':' || c == '.';
    }

    private static boolean isPort(CharSequence host, int from) {
        int port = 0;
        for (int i = from; i < host.length(); i++) {
            int digit = host.charAt(i) - '0';
            if (digit < 0 || digit > 9 || port > 65_535) {
                return false;
            }
            port = port * 10 + digit;
        }
        return port <= 65_535;
    }
}

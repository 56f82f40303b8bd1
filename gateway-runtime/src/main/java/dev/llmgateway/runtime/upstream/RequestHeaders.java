package dev.llmgateway.runtime.upstream;

import dev.llmgateway.runtime.transport.Numbers;
import dev.llmgateway.runtime.transport.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/// Builds the head of an upstream request: what the client's headers may contribute, then what only
/// we write (http.md, Headers; translation.md 1.4, 1.5).
public final class RequestHeaders {
    /// Bytes of a body that is better copied behind its head than written as a slice of its own:
    /// heads have room for it. A head and a slice are one system call only while they fit what the
    /// socket says its buffer holds, which is 16 KiB on Linux until it has grown; a second call
    /// costs more than copying 60 KB.
    public static final int SMALL_BODY = 60 << 10;

    /// Sent where a client of Anthropic's formats names none; also keeps sampling parameters legal
    /// on old models (translation.md 1.5).
    private static final String DEFAULT_VERSION = "2023-06-01";

    /// Most heads fit; the buffer grows for the rest.
    private static final int USUAL_SIZE = 1024;

    private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
    private static final byte[] JSON = ascii("content-type: application/json\r\n");
    private static final byte[] END = ascii("\r\n");

    private RequestHeaders() {}

    /// Request line, headers and the empty line, in a direct buffer that the caller owns.
    ///
    /// @param client the request this one answers; only the allow-list is read
    /// @param bodyLength bytes of the body; 0 with `GET` or `DELETE`: none
    /// @throws IllegalArgumentException when a credential value meets an account whose plan has no
    ///   place for one
    public static ByteBuf head(
            UpstreamTarget target,
            UpstreamRoute route,
            RequestHead client,
            Credential credential,
            long bodyLength,
            ByteBufAllocator allocator) {
        int room = bodyLength <= SMALL_BODY ? (int) bodyLength : 0;
        ByteBuf out = allocator.directBuffer(USUAL_SIZE + room);
        try {
            write(target, route, client, credential, bodyLength, out);
            return out;
        } catch (RuntimeException broken) {
            out.release();
            throw broken;
        }
    }

    private static void write(
            UpstreamTarget target,
            UpstreamRoute route,
            RequestHead client,
            Credential credential,
            long bodyLength,
            ByteBuf out) {
        requestLine(target, route, out);
        ClientHeaders allowed = new ClientHeaders(target, route, client, credential, out);
        client.forEachHeader(allowed);
        anthropic(target, route, credential, allowed, out);
        CredentialLine.write(target, route.format(), credential, allowed.version(), out);
        out.writeBytes(target.headers().lines());
        if (bodyLength > 0 && !allowed.hasContentType()) {
            out.writeBytes(JSON);
        }
        if (bodyLength > 0 || route.method().equals("POST")) {
            out.writeBytes(CONTENT_LENGTH);
            Numbers.decimal(out, bodyLength);
            out.writeBytes(END);
        }
        out.writeBytes(END);
    }

    private static void requestLine(UpstreamTarget target, UpstreamRoute route, ByteBuf out) {
        ByteBufUtil.writeAscii(out, route.method());
        out.writeByte(' ').writeBytes(target.pathBytes(route.format()));
        ByteBufUtil.writeAscii(out, route.suffix());
        String query = route.sameFormat() ? QueryFilter.filter(route.query()) : "";
        if (!query.isEmpty()) {
            ByteBufUtil.writeAscii(out.writeByte('?'), query);
        }
        out.writeBytes(target.lineTail());
    }

    private static void anthropic(
            UpstreamTarget target,
            UpstreamRoute route,
            Credential credential,
            ClientHeaders allowed,
            ByteBuf out) {
        boolean anthropic = target.anthropic(route.format());
        if (anthropic && allowed.version().isEmpty()) {
            line(out, "anthropic-version", DEFAULT_VERSION);
        }
        BetaList betas = allowed.betas();
        if (!(credential instanceof Credential.Passthrough)) {
            betas.remove(BetaList.OAUTH);
        }
        betas.addAll(target.headers().betas());
        if (anthropic && CredentialLine.anthropicOAuth(target)) {
            betas.add(BetaList.OAUTH);
        }
        if (!betas.text().isEmpty()) {
            line(out, "anthropic-beta", betas.text());
        }
    }

    /// One line; bytes above ASCII go out as ISO-8859-1, as they came in.
    static void line(ByteBuf out, CharSequence name, CharSequence value) {
        line(out, name, "", value);
    }

    /// One line whose value comes in two parts.
    static void line(ByteBuf out, CharSequence name, CharSequence scheme, CharSequence value) {
        out.ensureWritable(name.length() + scheme.length() + value.length() + 4);
        text(out, name);
        out.writeByte(':').writeByte(' ');
        text(out, scheme);
        text(out, value);
        out.writeBytes(END);
    }

    private static void text(ByteBuf out, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            out.writeByte((byte) text.charAt(i));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

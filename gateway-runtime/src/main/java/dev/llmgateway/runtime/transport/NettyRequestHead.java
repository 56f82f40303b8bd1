package dev.llmgateway.runtime.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A decoded head that the guard let through.
final class NettyRequestHead implements RequestHead {
    private final HttpRequest request;
    private final String path;
    private final String query;
    private final long contentLength;
    private final Channel channel;

    NettyRequestHead(HttpRequest request, Channel channel) {
        this.request = request;
        int mark = request.uri().indexOf('?');
        this.path = mark < 0 ? request.uri() : request.uri().substring(0, mark);
        this.query = mark < 0 ? "" : request.uri().substring(mark + 1);
        this.contentLength = length(request.headers());
        this.channel = channel;
    }

    /// The decoder has checked that there is one length of digits, or the chunked coding.
    private static long length(HttpHeaders headers) {
        String declared = headers.get("content-length");
        if (declared != null) {
            return Long.parseLong(declared);
        }
        return headers.contains("transfer-encoding") ? -1 : 0;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().getAll(name);
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> line) {
        Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                request.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            line.accept(field.getKey(), field.getValue());
        }
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public String remoteAddress() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "";
    }

    boolean expectsContinue() {
        return request.headers().contains("expect");
    }

    boolean asksToClose() {
        for (String line : headers("connection")) {
            if (line.toLowerCase(Locale.ROOT).contains("close")) {
                return true;
            }
        }
        return false;
    }
}

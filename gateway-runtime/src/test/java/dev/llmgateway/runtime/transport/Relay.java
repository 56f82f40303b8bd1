package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The plainest application: every request goes to the upstream, every reply comes back as it is. A
/// failure before the head becomes a 502 that names it in `x-failure`.
final class Relay implements RequestConsumer {
    private final EdgeFixture fixture;
    private final Downstream downstream;
    private final String requestLine;
    private final String fields;
    private final boolean headMethod;
    private final String holder;
    private final Endpoint endpoint;
    private @Nullable UpstreamCall call;

    Relay(EdgeFixture fixture, RequestHead head, Downstream downstream) {
        this.fixture = fixture;
        this.downstream = downstream;
        this.headMethod = head.method().equals("HEAD");
        String held = head.header("x-holder");
        this.holder = held == null ? "" : held;
        this.endpoint = fixture.endpoint(head);
        String query = head.query().isEmpty() ? "" : "?" + head.query();
        this.requestLine = head.method() + " " + head.path() + query + " HTTP/1.1\r\n";
        StringBuilder kept = new StringBuilder();
        head.forEachHeader((name, value) -> {
            if (name.toString().toLowerCase(Locale.ROOT).startsWith("x-")) {
                kept.append(name).append(": ").append(value).append("\r\n");
            }
        });
        this.fields = kept.toString();
        bug("begin");
    }

    /// Throws where the request's path asks for it.
    private void bug(String where) {
        if (requestLine.startsWith("POST /bug-at-" + where + " ")) {
            throw new IllegalStateException(where);
        }
    }

    @Override
    public String holder() {
        return holder;
    }

    @Override
    public void peek(ByteBuf chunk) {
        bug("peek");
        fixture.peeked(chunk.readableBytes());
    }

    @Override
    public void body(RequestBody body) {
        bug("body");
        String head =
                requestLine
                        + "host: upstream\r\n"
                        + fields
                        + "content-length: "
                        + body.length()
                        + "\r\n\r\n";
        List<ByteBuf> slices = new ArrayList<>();
        body.slices(0, body.length(), slices);
        body.release();
        UpstreamRequest request =
                new UpstreamRequest(
                        headMethod,
                        Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1),
                        slices,
                        fixture.timeouts());
        call = downstream.loop().upstream().call(endpoint, request, new Copy());
    }

    @Override
    public void writable() {
        if (call != null) {
            call.resume();
        }
    }

    @Override
    public void closed(CloseReason reason) {
        fixture.closes().add(reason);
        if (call != null) {
            call.cancel();
        }
        bug("closed");
    }

    /// The upstream's side of it.
    private final class Copy implements Reply {
        @Override
        public void head(ResponseHead head) {
            bug("head");
            HeaderLines lines = new HeaderLines();
            head.forEachHeader(lines::add);
            downstream.head(head.status(), lines, head.contentLength());
        }

        @Override
        public void data(ByteBuf payload) {
            downstream.data(payload);
            bug("data");
        }

        @Override
        public void end() {
            bug("end");
            downstream.end();
        }

        @Override
        public void fail(TransportFailure failure) {
            fixture.failures().add(failure);
            if (downstream.headSent()) {
                downstream.abort();
            } else {
                HeaderLines lines = new HeaderLines().add("x-failure", failure.kind().name());
                downstream.respond(new Response(502, lines, failure.detail(), false));
            }
            bug("fail");
        }

        @Override
        public void flush() {
            bug("flush");
            downstream.flush();
        }

        @Override
        public boolean writable() {
            return downstream.writable();
        }
    }
}

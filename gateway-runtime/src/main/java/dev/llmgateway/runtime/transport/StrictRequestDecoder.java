package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's strict decoder, and refusal of what it normalises silently: folded header lines, control
/// bytes it takes for blanks, request lines in another shape, trailers it drops.
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 << 10;

    private final HeadInspection head = new HeadInspection();
    private boolean inHead = true;
    private boolean begun;
    private boolean lastChunk;
    private boolean trailers;

    StrictRequestDecoder(HttpLimits limits) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.lineBytes())
                        .setMaxHeaderSize(limits.headerBytes())
                        .setMaxChunkSize(CHUNK));
    }

    /// Whether a head has begun to arrive and is not complete.
    boolean headBegun() {
        return inHead && begun;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        int from = in.readerIndex();
        int size = out.size();
        if (!inHead) {
            super.decode(ctx, in, out);
            inspectEnd(in, from, out, out.size() > size);
            noteEnd(out);
            return;
        }
        begun |= in.isReadable();
        super.decode(ctx, in, out); // one call never goes past the end of a head
        head.inspect(in, from, in.readerIndex());
        if (out.size() > size && out.get(size) instanceof HttpRequest request) {
            if (head.refuses(request.protocolVersion()) && request.decoderResult().isSuccess()) {
                request.setDecoderResult(failure("controls, blanks or a version in a head"));
            }
            inHead = false;
            noteEnd(out);
        }
    }

    private static DecoderResult failure(String what) {
        return DecoderResult.failure(new IllegalArgumentException(what));
    }

    private void noteEnd(List<Object> out) {
        if (!out.isEmpty() && out.getLast() instanceof LastHttpContent) {
            inHead = true;
            begun = false;
            lastChunk = false;
            trailers = false;
            head.reset();
        }
    }

    /// Behind the last chunk's line only an empty one may follow. Netty takes each in a call of its
    /// own, and drops trailers that are named like framing.
    private void inspectEnd(ByteBuf in, int from, List<Object> out, boolean told) {
        int read = in.readerIndex() - from;
        boolean ended = told && out.getLast() instanceof LastHttpContent;
        if (!lastChunk) {
            lastChunk = !told && read > 0 && sizeZero(in, from, in.readerIndex());
            return;
        }
        trailers |= ended ? read != 2 : read > 0;
        if (ended && trailers && ((LastHttpContent) out.getLast()).decoderResult().isSuccess()) {
            ((LastHttpContent) out.removeLast()).release();
            LastHttpContent refused = new DefaultLastHttpContent();
            refused.setDecoderResult(failure("trailers"));
            out.add(refused);
        }
    }

    private static boolean sizeZero(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && in.getByte(at) == '0') {
            at++;
        }
        return at > from && at < to && (in.getByte(at) == '\r' || in.getByte(at) == ';');
    }
}

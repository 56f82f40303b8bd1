package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.sse.SseFrames;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Drives decoders and encoders of replies as an exchange would: an upstream's bytes in pieces, and
/// what the client reads of it.
public final class Streams {
    /// Bytes before the stream in its array, so that nobody takes an index of the buffer for one of
    /// the array.
    private static final int OFFSET = 7;

    private Streams() {}

    /// What a client was sent, and the failure that ended it.
    public record Reply(String text, Optional<GatewayError> failure) {}

    /// What a decoder tells of a stream that comes in pieces.
    ///
    /// @param cuts indices of its bytes, ascending
    public static List<ReplyEvent> events(FrameDecoder decoder, String stream, int... cuts) {
        return events(decoder, stream.getBytes(UTF_8), cuts);
    }

    public static List<ReplyEvent> events(FrameDecoder decoder, byte[] stream, int... cuts) {
        List<ReplyEvent> events = new ArrayList<>();
        feed(decoder, stream, cuts, event -> events.add(kept(event)));
        return events;
    }

    public static List<ReplyEvent> events(WholeDecoder decoder, String document) {
        return events(decoder, document.getBytes(UTF_8));
    }

    public static List<ReplyEvent> events(WholeDecoder decoder, byte[] document) {
        List<ReplyEvent> events = new ArrayList<>();
        decoder.document(inner(document), event -> events.add(kept(event)));
        return events;
    }

    /// A stream in pieces from decoder to encoder.
    public static Reply convert(
            FrameDecoder decoder, ReplyEncoder encoder, String stream, int... cuts) {
        return convert(decoder, encoder, stream.getBytes(UTF_8), cuts);
    }

    public static Reply convert(
            FrameDecoder decoder, ReplyEncoder encoder, byte[] stream, int... cuts) {
        Sink sink = new Sink(encoder);
        feed(decoder, stream, cuts, sink);
        return sink.reply();
    }

    public static Reply convert(WholeDecoder decoder, ReplyEncoder encoder, String document) {
        return convert(decoder, encoder, document.getBytes(UTF_8));
    }

    public static Reply convert(WholeDecoder decoder, ReplyEncoder encoder, byte[] document) {
        Sink sink = new Sink(encoder);
        decoder.document(inner(document), sink);
        return sink.reply();
    }

    /// What a client is sent for events.
    public static String encoded(ReplyEncoder encoder, List<ReplyEvent> events) {
        Sink sink = new Sink(encoder);
        events.forEach(sink);
        return sink.reply().text();
    }

    /// Every frame is spoilt behind the decoder, so that a view kept too long shows. A frame that
    /// is not ended is left out, as the standard says.
    private static void feed(
            FrameDecoder decoder, byte[] stream, int[] cuts, Consumer<ReplyEvent> to) {
        ByteBuf buffer = Unpooled.buffer(OFFSET + stream.length);
        buffer = buffer.slice(OFFSET, stream.length);
        SseFrames frames = new SseFrames();
        SseFrame frame = new SseFrame();
        int start = 0;
        int read = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int cut = i < cuts.length ? Math.min(cuts[i], stream.length) : stream.length;
            buffer.setBytes(read, stream, read, cut - read);
            int end = frames.next(buffer, read, cut);
            while (end >= 0) {
                frame.read(buffer, start, end);
                decoder.frame(frame, to);
                buffer.setBytes(start, spoilt(end - start));
                start = end;
                end = frames.next(buffer, start, cut);
            }
            read = cut;
        }
        decoder.end(to);
    }

    private static Slice inner(byte[] document) {
        byte[] array = new byte[document.length + 2 * OFFSET];
        Arrays.fill(array, (byte) '#');
        System.arraycopy(document, 0, array, OFFSET, document.length);
        return new Slice(array, OFFSET, OFFSET + document.length);
    }

    private static byte[] spoilt(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) '#');
        return bytes;
    }

    /// The event with copies of its slices.
    public static ReplyEvent kept(ReplyEvent event) {
        return switch (event) {
            case ReplyEvent.Start start -> start;
            case ReplyEvent.Open(int block, Block kind) -> new ReplyEvent.Open(block, kept(kind));
            case ReplyEvent.Delta(int block, Slice text) ->
                    new ReplyEvent.Delta(block, text.copy());
            case ReplyEvent.Probabilities(Slice tokens) ->
                    new ReplyEvent.Probabilities(tokens.copy());
            case ReplyEvent.Signature(int block, Slice signature) ->
                    new ReplyEvent.Signature(block, signature.copy());
            case ReplyEvent.Citation(int block, Slice json) ->
                    new ReplyEvent.Citation(block, json.copy());
            case ReplyEvent.Close close -> close;
            case ReplyEvent.Finish(var reason, Slice detail, var usage) ->
                    new ReplyEvent.Finish(reason, detail.copy(), usage);
            case ReplyEvent.Fail fail -> fail;
        };
    }

    private static Block kept(Block kind) {
        return switch (kind) {
            case Block.Redacted(Slice data) -> new Block.Redacted(data.copy());
            case Block.ServerTool(String type, Slice json) ->
                    new Block.ServerTool(type, json.copy());
            case Block.Text _,
                    Block.Thinking _,
                    Block.ToolCall _,
                    Block.CustomCall _,
                    Block.Other _ ->
                    kind;
        };
    }

    private static final class Sink implements Consumer<ReplyEvent> {
        private final ReplyEncoder encoder;
        private final JsonBytes out = new JsonBytes();
        private Optional<GatewayError> failure = Optional.empty();

        Sink(ReplyEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public void accept(ReplyEvent event) {
            if (event instanceof ReplyEvent.Fail(GatewayError error)) {
                failure = Optional.of(error);
            } else {
                encoder.encode(event, out);
            }
        }

        Reply reply() {
            return new Reply(out.slice().toString(), failure);
        }
    }
}

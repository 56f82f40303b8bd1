package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.TranslatingTap;
import dev.llmgateway.runtime.dialect.TranslationSpace;
import dev.llmgateway.runtime.dialect.chat.ChatDialect;
import dev.llmgateway.runtime.dialect.completions.CompletionsDialect;
import dev.llmgateway.runtime.dialect.messages.MessagesDialect;
import dev.llmgateway.runtime.dialect.responses.ResponsesDialect;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyStages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// An upstream's reply on its way to each client that asked in another format: what is sent is
/// valid, however the bytes are cut, and the reply has an end.
final class AnyReply implements Consumer<byte[]> {
    private static final ReplyContext CONTEXT = new ReplyContext("shown", 1, true, 11, true, true);

    private final WireFormat upstream;
    private final boolean sse;

    AnyReply(WireFormat upstream, boolean sse) {
        this.upstream = upstream;
        this.sse = sse;
    }

    @Override
    public void accept(byte[] reply) {
        for (WireFormat client : others()) {
            for (ReplyStages stages : Stages.of(upstream)) {
                stream(reply, client, stages);
                document(reply, client, stages);
            }
        }
    }

    private List<WireFormat> others() {
        return Stream.of(
                        WireFormat.Completions,
                        WireFormat.ChatCompletions,
                        WireFormat.Messages,
                        WireFormat.Responses)
                .filter(client -> client != upstream)
                .toList();
    }

    private void stream(byte[] reply, WireFormat client, ReplyStages stages) {
        Sent whole = send(reply, dialect(client).streaming(CONTEXT), stages, new Random(0), 0);
        Promises.frames(whole.bytes, whole.ended);
        Promises.bounded(reply.length, whole.bytes.length);
        int seed = Arrays.hashCode(reply);
        Sent cut = send(reply, dialect(client).streaming(CONTEXT), stages, new Random(seed), 9);
        Promises.check(whole.ended == cut.ended, "a cut decides how a reply ends");
        if (Stages.none(stages)) {
            Promises.check(Arrays.equals(whole.bytes, cut.bytes), "a cut changes what is sent");
        } else {
            Promises.frames(cut.bytes, cut.ended);
        }
    }

    private void document(byte[] reply, WireFormat client, ReplyStages stages) {
        Sent sent = send(reply, dialect(client).document(CONTEXT), stages, new Random(1), 3);
        Promises.check(sent.ended || sent.bytes.length == 0, "a document that failed was sent");
        if (sent.ended) {
            Promises.json(sent.bytes);
            Promises.bounded(reply.length, sent.bytes.length);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sent(byte[] bytes, boolean ended) {}

    private Sent send(
            byte[] reply, ReplyEncoder encoder, ReplyStages stages, Random random, int cuts) {
        TranslatingTap tap =
                new TranslatingTap(
                        new TranslationSpace(),
                        UnpooledByteBufAllocator.DEFAULT,
                        dialect(upstream),
                        Origin.UNTOLD,
                        sse,
                        encoder,
                        stages::before);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        int[] ends = random.ints(cuts, 0, reply.length + 1).sorted().toArray();
        int from = 0;
        for (int end : ends) {
            take(tap.pass(Unpooled.copiedBuffer(reply, from, end - from)), sent);
            from = end;
        }
        take(tap.pass(Unpooled.copiedBuffer(reply, from, reply.length - from)), sent);
        take(tap.finish(), sent);
        Promises.check(tap.ended() ^ tap.failure() != null, "neither an end nor a failure");
        return new Sent(sent.toByteArray(), tap.ended());
    }

    private static void take(ByteBuf bytes, ByteArrayOutputStream into) {
        byte[] piece = new byte[bytes.readableBytes()];
        bytes.readBytes(piece); // at once: the leak detector records every access
        into.writeBytes(piece);
        bytes.release();
    }

    private static Dialect dialect(WireFormat format) {
        return switch (format) {
            case ChatCompletions -> new ChatDialect(new Random(1));
            case Completions -> new CompletionsDialect();
            case Messages -> new MessagesDialect();
            case Responses -> new ResponsesDialect();
            case Embeddings, CountTokens, Models ->
                    throw new IllegalArgumentException(format.name());
        };
    }
}

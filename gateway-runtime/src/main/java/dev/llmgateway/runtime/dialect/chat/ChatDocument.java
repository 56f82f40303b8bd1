package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Reads one Chat completion. For one reply.
public final class ChatDocument implements WholeDecoder {
    private final DecodedReply reply;

    /// @param random makes the ids that upstreams leave out
    public ChatDocument(RandomGenerator random) {
        this.reply = new DecodedReply(random);
    }

    @Override
    public void document(Slice body, Consumer<ReplyEvent> to) {
        ChatChunk chunk = new ChatChunk("message");
        if (!read(chunk, body)) {
            reply.cutOff(to);
            return;
        }
        reply.take(chunk, true, to);
        reply.finish(to);
    }

    private static boolean read(ChatChunk chunk, Slice body) {
        try {
            return chunk.read(body);
        } catch (MalformedJson broken) {
            return false;
        }
    }
}

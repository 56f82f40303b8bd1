package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Reads a stream of Chat completion chunks (translation.md 4.2). The chunks of one stream are the
/// same but for a text, so most are known by the bytes around it and not read at all.
public final class ChatFrames implements FrameDecoder {
    private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

    private final DecodedReply reply;
    private final ChatChunk chunk = new ChatChunk("delta");
    private final KnownChunk text = new KnownChunk();
    private final KnownChunk thought = new KnownChunk();
    private final KnownChunk arguments = new KnownChunk();
    private long argued;

    /// @param random makes the ids that upstreams leave out
    public ChatFrames(RandomGenerator random) {
        this.reply = new DecodedReply(random);
    }

    @Override
    public void frame(SseFrame frame, Consumer<ReplyEvent> to) {
        if (frame.lines() == 0 || reply.ended()) {
            return;
        }
        boolean one = frame.lines() == 1;
        byte[] bytes = one ? frame.buffer().array() : frame.data();
        int start = one ? frame.buffer().arrayOffset() + frame.start(0) : 0;
        int end = one ? frame.buffer().arrayOffset() + frame.end(0) : bytes.length;
        if (frame.hasEvent() && frame.eventIs("error")) {
            error(new Slice(bytes, start, end), to);
        } else if (!isKnown(bytes, start, end, to)) {
            data(new Slice(bytes, start, end), to);
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (reply.finishTold()) {
            reply.finish(to);
        } else {
            reply.cutOff(to);
        }
    }

    private boolean isKnown(byte[] bytes, int from, int to, Consumer<ReplyEvent> events) {
        int end = text.end(bytes, from, to);
        if (end >= 0) {
            Slice said = new Slice(bytes, text.start(from), end);
            reply.say(DecodedBlocks.Kind.Text, said, events);
            return true;
        }
        end = thought.end(bytes, from, to);
        if (end >= 0) {
            Slice said = new Slice(bytes, thought.start(from), end);
            reply.say(DecodedBlocks.Kind.Thinking, said, events);
            return true;
        }
        end = arguments.end(bytes, from, to);
        if (end >= 0) {
            reply.argue(argued, new Slice(bytes, arguments.start(from), end), events);
            return true;
        }
        return false;
    }

    private void data(Slice data, Consumer<ReplyEvent> to) {
        if (data.startsWith(DONE)) {
            reply.finish(to);
        } else if (data.isBlank()) {
            return;
        } else if (read(data)) {
            reply.take(chunk, false, to);
            learn(data);
        } else {
            reply.cutOff(to);
        }
    }

    private void error(Slice data, Consumer<ReplyEvent> to) {
        boolean json = read(data);
        Slice error = !json ? Slice.of("{}") : chunk.error.isEmpty() ? data : chunk.error;
        reply.fail(ChatErrors.read(error), to);
    }

    private boolean read(Slice data) {
        try {
            return chunk.read(data);
        } catch (MalformedJson broken) {
            return false;
        }
    }

    private void learn(Slice data) {
        ChatDelta delta = chunk.delta();
        if (!chunk.saysOnlyItsChoice()) {
            return;
        }
        Slice only = delta.onlyText();
        if (!only.isEmpty()) {
            KnownChunk known = delta.content.isEmpty() ? thought : text;
            known.learn(data, only, chunk.obfuscation);
        } else if (delta.onlyCalls()) {
            reply.onlyArguments()
                    .ifPresent(fragment -> {
                        argued = fragment.index;
                        arguments.learn(data, fragment.arguments, chunk.obfuscation);
                    });
        }
    }
}

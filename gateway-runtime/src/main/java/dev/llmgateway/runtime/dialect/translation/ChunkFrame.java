package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;

/// The bytes around the choice in a chunk of one Chat or Completions stream, built once.
public final class ChunkFrame {
    private static final byte[] CLOSED = bytes("}\n\n");
    private static final byte[] DONE = bytes("data: [DONE]\n\n");
    private static final byte[] REASON = bytes(",\"logprobs\":null,\"finish_reason\":");
    private static final byte[] UNFINISHED = bytes(",\"finish_reason\":null");

    /// Of a stream that has not begun.
    public static final ChunkFrame NONE =
            new ChunkFrame(
                    "",
                    "",
                    ReplyEvent.Start.UNTOLD,
                    new ReplyContext("", 0, false, 0, false, false));

    private final boolean includeUsage;
    private final byte[] head;
    private final byte[] tail;
    private final byte[] end;

    /// @param object kind of its chunks, such as `chat.completion.chunk`
    public ChunkFrame(String prefix, String object, ReplyEvent.Start start, ReplyContext context) {
        includeUsage = context.includeUsage();
        JsonBytes out = new JsonBytes();
        out.ascii("data: ").raw((byte) '{');
        ChatTerms.head(prefix, object, start, context, out);
        out.name("choices").arrayStart();
        head = copied(out);
        end = bytes("}]" + (includeUsage ? ",\"usage\":null}\n\n" : "}\n\n"));
        tail = joined(REASON, bytes("null"), end);
    }

    /// A chunk's bytes up to what its choice begins with.
    ///
    /// @param choice first bytes of the choice, from its bracket on
    public byte[] opening(String choice) {
        return joined(head, bytes(choice));
    }

    /// What ends a choice and its chunk, from `logprobs` on.
    ///
    /// @param choice last bytes of the choice before it
    public byte[] closing(String choice) {
        return joined(bytes(choice), tail);
    }

    /// Ends a chunk whose choice tells probabilities.
    public void closeWith(TokenList tokens, JsonBytes out) {
        tokens.choice(out);
        out.raw(UNFINISHED).raw(end);
    }

    /// Ends the last chunk with a choice, from `logprobs` on, and the stream.
    public void finish(StopReason reason, boolean called, Usage usage, JsonBytes out) {
        out.raw(REASON).value(ChatTerms.finishReason(reason, called)).raw(end);
        if (includeUsage) {
            out.raw(head).arrayEnd().name("usage");
            ChatTerms.usage(usage, out);
            out.raw(CLOSED);
        }
        out.raw(DONE);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        JsonBytes out = new JsonBytes();
        for (byte[] part : parts) {
            out.raw(part);
        }
        return copied(out);
    }

    private static byte[] copied(JsonBytes out) {
        return out.slice().copy().bytes();
    }
}

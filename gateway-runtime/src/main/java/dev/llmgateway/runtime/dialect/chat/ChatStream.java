package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.chat.ChatBlocks.Shown;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ChatTerms;
import dev.llmgateway.runtime.dialect.translation.ChunkFrame;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.TokenList;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import java.util.List;

/// Writes chunks (translation.md 4.4). Text is copied between bytes prepared at the start. What the
/// client needs to send thoughts back, and what the reply cites, stand in the last delta.
public final class ChatStream implements ReplyEncoder {
    private static final String DELTA = "{\"index\":0,\"delta\":";
    private static final byte[] FUNCTION = bytes(",\"function\":{\"arguments\":\"");
    private static final byte[] CUSTOM = bytes(",\"custom\":{\"input\":\"");

    private final ReplyContext context;
    private final ChatBlocks blocks;

    /// Those that the next text is told with.
    private final TokenList tokens = new TokenList();

    private ChunkFrame frame = ChunkFrame.NONE;
    private byte[] delta = {};
    private byte[] content = {};
    private byte[] reasoning = {};
    private byte[] textEnd = {};
    private byte[] call = {};
    private byte[] callEnd = {};

    public ChatStream(ReplyContext context) {
        this.context = context;
        blocks = new ChatBlocks(context);
    }

    @Override
    public List<String> losses() {
        return blocks.losses().all();
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Start start -> start(start, out);
            case ReplyEvent.Open(int block, Block kind) -> {
                if (blocks.open(block, kind) instanceof Shown.Call(ChatCall opened)) {
                    open(opened, out);
                }
            }
            case ReplyEvent.Delta(int block, Slice text) -> delta(block, text, out);
            case ReplyEvent.Probabilities(Slice list) -> tokens.add(list);
            case ReplyEvent.Signature(int block, Slice signature) ->
                    blocks.thoughts().sign(block, signature);
            case ReplyEvent.Citation(int block, Slice json) ->
                    blocks.annotations().cite(block, json);
            case ReplyEvent.Close(int block) -> {
                if (blocks.close(block) instanceof Shown.Call(ChatCall closed)) {
                    close(closed, out);
                }
            }
            case ReplyEvent.Finish finish -> finish(finish, out);
            case ReplyEvent.Fail _ -> {}
        }
    }

    private void start(ReplyEvent.Start start, JsonBytes out) {
        frame = new ChunkFrame("chatcmpl-", "chat.completion.chunk", start, context);
        delta = frame.opening(DELTA);
        content = frame.opening(DELTA + "{\"content\":\"");
        reasoning = frame.opening(DELTA + "{\"reasoning_content\":\"");
        textEnd = frame.closing("\"}");
        call = frame.opening(DELTA + "{\"tool_calls\":[{\"index\":");
        callEnd = frame.closing("\"}}]}");
        out.raw(delta).ascii("{\"role\":\"assistant\",\"content\":\"").raw(textEnd);
    }

    private void open(ChatCall opened, JsonBytes out) {
        out.raw(call).number(opened.ordinal());
        opened.open(out);
        opened.begin(out);
        out.raw(callEnd);
    }

    private void delta(int block, Slice text, JsonBytes out) {
        switch (blocks.at(block)) {
            case Shown.Text _ -> {
                blocks.annotations().text(text);
                if (tokens.isEmpty()) {
                    out.raw(content).raw(text).raw(textEnd);
                } else {
                    likely(text, out);
                }
            }
            case Shown.Thought _ -> {
                blocks.thoughts().text(block, text);
                out.raw(reasoning).raw(text).raw(textEnd);
            }
            case Shown.Call(ChatCall open) -> {
                arguments(open, out);
                open.more(text, out);
                out.raw(callEnd);
            }
            case Shown.Nothing _ -> {}
        }
    }

    private void likely(Slice text, JsonBytes out) {
        out.raw(content).raw(text).ascii("\"}");
        frame.closeWith(tokens, out);
        tokens.clear();
    }

    private void close(ChatCall closed, JsonBytes out) {
        if (closed.lacksEnd()) {
            arguments(closed, out);
            closed.end(out);
            out.raw(callEnd);
        }
    }

    private void arguments(ChatCall open, JsonBytes out) {
        out.raw(call).number(open.ordinal());
        out.raw(open.form() == ChatCall.Form.Custom ? CUSTOM : FUNCTION);
    }

    private void finish(ReplyEvent.Finish finish, JsonBytes out) {
        if (!tokens.isEmpty()) {
            likely(Slice.EMPTY, out);
        }
        out.raw(delta).raw((byte) '{');
        if (finish.reason() == StopReason.Refusal && !finish.detail().isEmpty()) {
            out.member("refusal", finish.detail());
        }
        blocks.annotations().write(out);
        blocks.thoughts().write(out);
        out.objectEnd();
        ChatTerms.reasonLost(finish.reason(), blocks.losses());
        frame.finish(finish.reason(), blocks.called(), finish.usage(), out);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(US_ASCII);
    }
}

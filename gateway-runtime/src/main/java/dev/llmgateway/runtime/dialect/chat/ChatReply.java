package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.chat.ChatBlocks.Shown;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ChatTerms;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.TokenList;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import java.util.ArrayList;
import java.util.List;

/// Writes one `chat.completion` (translation.md 3.1 to 3.5).
public final class ChatReply implements ReplyEncoder {
    private final ReplyContext context;
    private final ChatBlocks blocks;
    private final JsonBytes content = new JsonBytes();
    private final JsonBytes reasoning = new JsonBytes();
    private final TokenList tokens = new TokenList();
    private final List<Called> calls = new ArrayList<>(0);
    private ReplyEvent.Start start = ReplyEvent.Start.UNTOLD;

    public ChatReply(ReplyContext context) {
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
            case ReplyEvent.Start first -> start = first;
            case ReplyEvent.Open(int block, Block kind) -> {
                if (blocks.open(block, kind) instanceof Shown.Call(ChatCall opened)) {
                    Called called = new Called(opened, new JsonBytes());
                    opened.begin(called.arguments());
                    calls.add(called);
                }
            }
            case ReplyEvent.Delta(int block, Slice text) -> delta(block, text);
            case ReplyEvent.Probabilities(Slice list) -> tokens.add(list);
            case ReplyEvent.Signature(int block, Slice signature) ->
                    blocks.thoughts().sign(block, signature);
            case ReplyEvent.Citation(int block, Slice json) ->
                    blocks.annotations().cite(block, json);
            case ReplyEvent.Close(int block) -> {
                if (blocks.close(block) instanceof Shown.Call(ChatCall closed)) {
                    closed.end(arguments(closed));
                }
            }
            case ReplyEvent.Finish finish -> document(finish, out);
            case ReplyEvent.Fail _ -> {}
        }
    }

    private void delta(int block, Slice text) {
        switch (blocks.at(block)) {
            case Shown.Text _ -> {
                blocks.annotations().text(text);
                content.raw(text);
            }
            case Shown.Thought _ -> {
                blocks.thoughts().text(block, text);
                reasoning.raw(text);
            }
            case Shown.Call(ChatCall call) -> call.more(text, arguments(call));
            case Shown.Nothing _ -> {}
        }
    }

    private JsonBytes arguments(ChatCall call) {
        return calls.get(call.ordinal()).arguments();
    }

    private void document(ReplyEvent.Finish finish, JsonBytes out) {
        out.objectStart();
        ChatTerms.head("chatcmpl-", "chat.completion", start, context, out);
        out.name("choices").arrayStart().objectStart().member("index", 0).name("message");
        message(finish, out);
        ChatTerms.reasonLost(finish.reason(), blocks.losses());
        String reason = ChatTerms.finishReason(finish.reason(), blocks.called());
        tokens.choice(out);
        out.member("finish_reason", reason).objectEnd().arrayEnd();
        ChatTerms.usage(finish.usage(), out.name("usage"));
        out.objectEnd();
    }

    private void message(ReplyEvent.Finish finish, JsonBytes out) {
        out.objectStart().member("role", "assistant").name("content");
        if (content.isEmpty() && blocks.called()) {
            out.nullValue();
        } else {
            out.string(content.slice());
        }
        out.name("refusal");
        if (finish.reason() == StopReason.Refusal && !finish.detail().isEmpty()) {
            out.string(finish.detail());
        } else {
            out.nullValue();
        }
        blocks.annotations().write(out);
        calls(out);
        if (!reasoning.isEmpty()) {
            out.member("reasoning_content", reasoning.slice());
        }
        blocks.thoughts().write(out);
        out.objectEnd();
    }

    private void calls(JsonBytes out) {
        if (calls.isEmpty()) {
            return;
        }
        out.name("tool_calls").arrayStart();
        for (Called called : calls) {
            out.objectStart();
            called.call().open(out);
            out.raw(called.arguments().slice()).raw((byte) '"').objectEnd().objectEnd();
        }
        out.arrayEnd();
    }

    private record Called(ChatCall call, JsonBytes arguments) {}
}

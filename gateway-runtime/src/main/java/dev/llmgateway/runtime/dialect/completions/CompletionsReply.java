package dev.llmgateway.runtime.dialect.completions;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ChatTerms;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.BitSet;
import java.util.List;

/// Writes one legacy completion: text, and nothing but text.
public final class CompletionsReply implements ReplyEncoder {
    private final ReplyContext context;
    private final ReplyLosses losses = new ReplyLosses();
    private final BitSet texts = new BitSet();
    private final JsonBytes text = new JsonBytes();
    private ReplyEvent.Start start = ReplyEvent.Start.UNTOLD;

    public CompletionsReply(ReplyContext context) {
        this.context = context;
    }

    @Override
    public List<String> losses() {
        return losses.all();
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Start first -> start = first;
            case ReplyEvent.Open(int block, Block kind) ->
                    texts.set(block, kind instanceof Block.Text);
            case ReplyEvent.Delta(int block, Slice more) -> {
                if (texts.get(block)) {
                    text.raw(more);
                }
            }
            case ReplyEvent.Finish finish -> document(finish, out);
            case ReplyEvent.Citation _ ->
                    losses.lost("annotations", "legacy completions are text and nothing else");
            case ReplyEvent.Probabilities _,
                    ReplyEvent.Signature _,
                    ReplyEvent.Close _,
                    ReplyEvent.Fail _ -> {}
        }
    }

    private void document(ReplyEvent.Finish finish, JsonBytes out) {
        out.objectStart();
        ChatTerms.head("cmpl-", "text_completion", start, context, out);
        out.name("choices").arrayStart().objectStart().member("text", text.slice());
        out.member("index", 0).name("logprobs").nullValue();
        ChatTerms.reasonLost(finish.reason(), losses);
        out.member("finish_reason", ChatTerms.finishReason(finish.reason(), false));
        out.objectEnd().arrayEnd().name("usage");
        ChatTerms.usage(finish.usage(), out);
        out.objectEnd();
    }
}

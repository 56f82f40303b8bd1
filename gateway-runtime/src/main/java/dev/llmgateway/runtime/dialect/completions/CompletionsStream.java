package dev.llmgateway.runtime.dialect.completions;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ChatTerms;
import dev.llmgateway.runtime.dialect.translation.ChunkFrame;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.BitSet;
import java.util.List;

/// Writes the chunks of a legacy completion: text, and nothing but text.
public final class CompletionsStream implements ReplyEncoder {
    private final ReplyContext context;
    private final ReplyLosses losses = new ReplyLosses();
    private final BitSet texts = new BitSet();
    private ChunkFrame frame = ChunkFrame.NONE;
    private byte[] text = {};
    private byte[] textEnd = {};

    public CompletionsStream(ReplyContext context) {
        this.context = context;
    }

    @Override
    public List<String> losses() {
        return losses.all();
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Start start -> {
                frame = new ChunkFrame("cmpl-", "text_completion", start, context);
                text = frame.opening("{\"text\":\"");
                textEnd = frame.closing("\",\"index\":0");
            }
            case ReplyEvent.Open(int block, Block kind) ->
                    texts.set(block, kind instanceof Block.Text);
            case ReplyEvent.Delta(int block, Slice more) -> {
                if (texts.get(block)) {
                    out.raw(text).raw(more).raw(textEnd);
                }
            }
            case ReplyEvent.Finish finish -> {
                out.raw(text).ascii("\",\"index\":0");
                ChatTerms.reasonLost(finish.reason(), losses);
                frame.finish(finish.reason(), false, finish.usage(), out);
            }
            case ReplyEvent.Citation _ ->
                    losses.lost("annotations", "legacy completions are text and nothing else");
            case ReplyEvent.Probabilities _,
                    ReplyEvent.Signature _,
                    ReplyEvent.Close _,
                    ReplyEvent.Fail _ -> {}
        }
    }
}

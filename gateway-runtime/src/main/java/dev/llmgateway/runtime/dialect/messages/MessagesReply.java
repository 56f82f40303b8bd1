package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Writes a reply as one Message (translation.md 3).
public final class MessagesReply implements ReplyEncoder {
    private final ReplyContext context;
    private final ReplyLosses losses = new ReplyLosses();
    private final List<ReplyBlock> blocks = new ArrayList<>();
    private ReplyEvent.Start start = ReplyEvent.Start.UNTOLD;

    public MessagesReply(ReplyContext context) {
        this.context = context;
    }

    @Override
    public List<String> losses() {
        return losses.all();
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Start told -> start = told;
            case ReplyEvent.Open(int number, Block kind) -> open(number, kind);
            case ReplyEvent.Delta(int number, Slice text) -> with(number, b -> b.delta(text));
            case ReplyEvent.Signature(int number, Slice text) ->
                    with(number, block -> block.signature(text));
            case ReplyEvent.Finish(StopReason reason, Slice detail, Usage usage) ->
                    finish(reason, detail, usage, out);
            case ReplyEvent.Citation _ ->
                    losses.lost("citations", "those of other providers lack what Messages needs");
            case ReplyEvent.Probabilities _, ReplyEvent.Close _, ReplyEvent.Fail _ -> {
                // Nobody has asked for the first; failures end elsewhere.
            }
        }
    }

    private void open(int number, Block kind) {
        if (!(kind instanceof Block.ServerTool || kind instanceof Block.Other)) {
            blocks.add(new ReplyBlock(number, kind));
        }
    }

    private void with(int number, Consumer<ReplyBlock> change) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (blocks.get(i).number() == number) {
                change.accept(blocks.get(i));
                return;
            }
        }
    }

    private void finish(StopReason reason, Slice detail, Usage usage, JsonBytes out) {
        String model = context.model().isEmpty() ? start.model() : context.model();
        MessageParts.head(start.id(), model, out);
        out.ascii("[");
        for (int i = 0; i < blocks.size(); i++) {
            out.ascii(i == 0 ? "" : ",");
            blocks.get(i).write(losses, out);
        }
        out.ascii("]");
        MessageParts.tail(reason, detail, out);
        out.ascii(",\"usage\":{");
        MessageParts.inputCounts(usage, context, out);
        out.ascii(",\"cache_creation\":null,\"output_tokens\":").number(usage.output());
        out.ascii(",\"output_tokens_details\":");
        MessageParts.outputDetails(usage, out);
        MessageParts.served(start.tier(), out);
        out.ascii("}}");
    }
}

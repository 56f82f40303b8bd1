package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
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
    private final List<ReplyBlock> blocks = new ArrayList<>();
    private String id = "";
    private String model = "";

    public MessagesReply(ReplyContext context) {
        this.context = context;
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Start(String told, String upstreamModel, Usage _) -> {
                id = told;
                model = context.model().isEmpty() ? upstreamModel : context.model();
            }
            case ReplyEvent.Open(int number, Block kind) -> open(number, kind);
            case ReplyEvent.Delta(int number, Slice text) -> with(number, b -> b.delta(text));
            case ReplyEvent.Signature(int number, Slice text) ->
                    with(number, block -> block.signature(text));
            case ReplyEvent.Finish(StopReason reason, Slice detail, Usage usage) ->
                    finish(reason, detail, usage, out);
            case ReplyEvent.Citation _, ReplyEvent.Close _, ReplyEvent.Fail _ -> {
                // Citations of others lack what Anthropic's need; failures end elsewhere.
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
        MessageParts.head(id, model, out);
        out.ascii("[");
        for (int i = 0; i < blocks.size(); i++) {
            out.ascii(i == 0 ? "" : ",");
            blocks.get(i).write(out);
        }
        out.ascii("]");
        MessageParts.tail(reason, detail, out);
        out.ascii(",\"usage\":{");
        MessageParts.inputCounts(usage, context, out);
        out.ascii(",\"cache_creation\":null,\"output_tokens\":").number(usage.output());
        out.ascii(",\"output_tokens_details\":");
        MessageParts.outputDetails(usage, out);
        out.ascii(MessageParts.UNTOLD_COUNTS).ascii("}}");
    }
}

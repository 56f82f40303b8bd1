package dev.llmgateway.runtime.dialect.messages;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import org.jspecify.annotations.Nullable;

/// Writes the frames of a Messages stream (translation.md 4.3). Keeps no text: a count of blocks
/// and those that are open.
public final class MessagesStream implements ReplyEncoder {
    private static final byte[] START = bytes("event: message_start\ndata: ");
    private static final byte[] STOP =
            bytes("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

    private final ReplyContext context;
    private final ReplyLosses losses = new ReplyLosses();
    private final List<StreamBlock> open = new ArrayList<>();
    private int shown;

    public MessagesStream(ReplyContext context) {
        this.context = context;
    }

    @Override
    public List<String> losses() {
        return losses.all();
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Delta(int block, Slice text) -> delta(block, text, out);
            case ReplyEvent.Start start -> start(start, out);
            case ReplyEvent.Open(int block, Block kind) -> open(block, kind, out);
            case ReplyEvent.Signature(int block, Slice signature) -> sign(block, signature);
            case ReplyEvent.Close(int block) -> close(block, out);
            case ReplyEvent.Finish(StopReason reason, Slice detail, Usage usage) ->
                    finish(reason, detail, usage, out);
            case ReplyEvent.Citation _ ->
                    losses.lost("citations", "those of other providers lack what Messages needs");
            case ReplyEvent.Probabilities _, ReplyEvent.Fail _ -> {
                // Nobody has asked for the first; failures end elsewhere.
            }
        }
    }

    private void start(ReplyEvent.Start start, JsonBytes out) {
        String model = context.model().isEmpty() ? start.model() : context.model();
        out.raw(START).ascii("{\"type\":\"message_start\",\"message\":");
        MessageParts.head(start.id(), model, out);
        out.ascii("[],\"container\":null,\"diagnostics\":null,\"stop_details\":null,");
        out.ascii("\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{");
        MessageParts.inputCounts(start.usage(), context, out);
        out.ascii(",\"cache_creation\":null,\"output_tokens\":").number(start.usage().output());
        out.ascii(",\"output_tokens_details\":null");
        MessageParts.served(start.tier(), out);
        out.ascii("}}}\n\n");
    }

    private void open(int block, Block kind, JsonBytes out) {
        if (kind instanceof Block.ServerTool || kind instanceof Block.Other) {
            return; // nothing a client of this format could use; leaves no gap in the count
        }
        StreamBlock opened = new StreamBlock(block, shown++, kind);
        open.add(opened);
        opened.open(out);
    }

    private void delta(int block, Slice text, JsonBytes out) {
        StreamBlock known = find(block);
        if (known != null && !text.isEmpty()) {
            known.delta(text, out);
        }
    }

    private void sign(int block, Slice signature) {
        StreamBlock known = find(block);
        if (known != null) {
            known.signature(signature);
        }
    }

    private void close(int block, JsonBytes out) {
        StreamBlock known = find(block);
        if (known != null) {
            open.remove(known);
            known.close(out);
        }
    }

    private @Nullable StreamBlock find(int block) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).number() == block) {
                return open.get(i);
            }
        }
        return null;
    }

    private void finish(StopReason reason, Slice detail, Usage usage, JsonBytes out) {
        out.ascii("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{");
        out.ascii("\"stop_reason\":\"").ascii(MessageParts.name(reason));
        out.ascii("\",\"stop_sequence\":");
        MessageParts.stopSequence(reason, detail, out);
        out.ascii(",\"stop_details\":");
        MessageParts.stopDetails(reason, detail, out);
        out.ascii(",\"container\":null},\"usage\":{");
        MessageParts.inputCounts(usage, context, out);
        out.ascii(",\"output_tokens\":").number(usage.output());
        out.ascii(",\"output_tokens_details\":");
        MessageParts.outputDetails(usage, out);
        out.ascii(",\"server_tool_use\":null}}\n\n").raw(STOP);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(US_ASCII);
    }
}

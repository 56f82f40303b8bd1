package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Reads a whole Message.
public final class MessagesDocument implements WholeDecoder {
    private static final GatewayError NO_MESSAGE =
            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "the upstream's reply is no Message");

    private static final GatewayError UNFINISHED =
            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "the upstream's reply has no stop_reason");

    @Override
    public void document(Slice body, Consumer<ReplyEvent> to) {
        JsonCursor json = new JsonCursor();
        DecodedTotals totals = new DecodedTotals();
        DecodedMessage message;
        try {
            message = DecodedMessage.read(json, body, totals);
        } catch (MalformedJson _) {
            to.accept(new ReplyEvent.Fail(NO_MESSAGE));
            return;
        }
        if (message.type().equals("error") || !message.error().isEmpty()) {
            to.accept(new ReplyEvent.Fail(DecodedMessage.error(json, message.error())));
        } else if (!totals.stopped()) {
            boolean isMessage = message.type().equals("message");
            to.accept(new ReplyEvent.Fail(isMessage ? UNFINISHED : NO_MESSAGE));
        } else {
            told(message, totals, json, to);
        }
    }

    private static void told(
            DecodedMessage message,
            DecodedTotals totals,
            JsonCursor json,
            Consumer<ReplyEvent> to) {
        DecodedBlocks blocks = new DecodedBlocks();
        to.accept(
                new ReplyEvent.Start(message.id(), message.model(), totals.tier(), totals.usage()));
        message.blocks(json, blocks, to);
        to.accept(totals.finish(blocks.called()));
    }
}

package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Reads one response object. For one reply.
final class ResponsesDocument implements WholeDecoder {
    private static final GatewayError NONE =
            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "the upstream's reply is no response");

    private final Origin origin;

    ResponsesDocument(Origin origin) {
        this.origin = origin;
    }

    @Override
    public void document(Slice body, Consumer<ReplyEvent> to) {
        DecodedResponse response;
        try {
            JsonCursor json = JsonCursor.of(body);
            json.skip();
            json.end();
            response = DecodedResponse.read(body);
        } catch (MalformedJson _) {
            to.accept(new ReplyEvent.Fail(NONE));
            return;
        }
        if (response.failed()) {
            to.accept(new ReplyEvent.Fail(response.error("the upstream failed")));
        } else if (!response.object().equals("response") || !isOver(response.status())) {
            to.accept(new ReplyEvent.Fail(NONE));
        } else {
            DecodedItems items = new DecodedItems(origin);
            to.accept(response.start());
            if (!response.output().isEmpty()) {
                items.replay(response.output(), to);
            }
            items.end(to);
            to.accept(response.finish(items));
        }
    }

    /// Compatible servers leave it out.
    private static boolean isOver(String status) {
        return switch (status) {
            case "", "completed", "incomplete" -> true;
            default -> false;
        };
    }
}

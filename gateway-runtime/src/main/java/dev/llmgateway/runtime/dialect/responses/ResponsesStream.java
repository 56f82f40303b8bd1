package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.dialect.translation.ReplyPosition;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import java.util.List;

/// Writes the events of a Responses stream (translation.md 4.5). The format's last events repeat
/// all that was said, so that texts are kept to the end.
final class ResponsesStream implements ReplyEncoder {
    private final ReplyLosses losses = new ReplyLosses();
    private final ItemEvents events = new ItemEvents();
    private final ResponseObject response;
    private final OutputItems items;

    ResponsesStream(ReplyContext context) {
        AskedResponse asked = AskedResponse.of(context.memory());
        this.response = new ResponseObject(asked, context);
        this.items =
                new OutputItems(asked, context.customTools(), context.origin(), events, losses);
    }

    @Override
    public List<String> losses() {
        return losses.all();
    }

    @Override
    public ReplyPosition position() {
        JsonBytes output = new JsonBytes();
        items.write(output);
        return new ReplyPosition(response.id(), events.next(), output.slice());
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        switch (event) {
            case ReplyEvent.Delta(int block, Slice text) -> items.delta(block, text, out);
            case ReplyEvent.Start start -> start(start, out);
            case ReplyEvent.Open(int block, Block kind) -> items.open(block, kind, out);
            case ReplyEvent.Probabilities(Slice tokens) -> items.likely(tokens);
            case ReplyEvent.Signature(int block, Slice signature) -> items.sign(block, signature);
            case ReplyEvent.Citation(int block, Slice json) -> items.cite(block, json);
            case ReplyEvent.Close(int block) -> items.close(block, out);
            case ReplyEvent.Finish finish -> finish(finish, out);
            case ReplyEvent.Fail _ -> {
                // Failures end elsewhere.
            }
        }
    }

    private void start(ReplyEvent.Start start, JsonBytes out) {
        response.start(start);
        items.start(start.id());
        lifecycle("response.created", out);
        lifecycle("response.in_progress", out);
    }

    private void lifecycle(String type, JsonBytes out) {
        response.inProgress(events.start(type, out).name("response"));
        events.end(out);
    }

    private void finish(ReplyEvent.Finish finish, JsonBytes out) {
        boolean refused = finish.reason() == StopReason.Refusal;
        items.finish(refused ? finish.detail() : Slice.EMPTY, out);
        if (finish.reason() == StopReason.Pause) {
            losses.lost("status", "pause_turn is told as completed, the turn may be continued");
        }
        String reason = ResponseObject.incomplete(finish.reason(), !finish.detail().isEmpty());
        String type = reason.isEmpty() ? "response.completed" : "response.incomplete";
        response.whole(reason, items, finish.usage(), events.start(type, out).name("response"));
        events.end(out);
    }

    /// The `response` of the last event alone.
    void document(ReplyEvent.Finish finish, JsonBytes events, JsonBytes out) {
        encode(finish, events);
        String reason = ResponseObject.incomplete(finish.reason(), !finish.detail().isEmpty());
        response.whole(reason, items, finish.usage(), out);
    }
}

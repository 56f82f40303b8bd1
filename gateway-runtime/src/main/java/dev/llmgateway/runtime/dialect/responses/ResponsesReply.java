package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.List;

/// Writes a reply as one response object: what a stream's last event would hold, without the events
/// before it.
final class ResponsesReply implements ReplyEncoder {
    private final ResponsesStream stream;
    private final JsonBytes events = new JsonBytes();

    ResponsesReply(ReplyContext context) {
        this.stream = new ResponsesStream(context);
    }

    @Override
    public List<String> losses() {
        return stream.losses();
    }

    @Override
    public void encode(ReplyEvent event, JsonBytes out) {
        events.clear();
        if (event instanceof ReplyEvent.Finish finish) {
            stream.document(finish, events, out);
        } else {
            stream.encode(event, events);
        }
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.List;

/// Writes the reply a client reads. [ReplyEvent.Fail] does not come here: what has failed is ended
/// by the exchange, which knows whether a status can still be chosen.
public interface ReplyEncoder {
    /// Adds what the event means to the client's bytes, in whole frames; a document is added whole
    /// at `Finish`.
    void encode(ReplyEvent event, JsonBytes out);

    /// What could not be told so far, as `field=reason`.
    List<String> losses();

    /// Where an error event would go on, for formats that number their events.
    default ReplyPosition position() {
        return ReplyPosition.NONE;
    }
}

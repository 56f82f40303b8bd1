package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Writes a script in one vendor's shapes (translation.md, section 4).
sealed interface ReplyFormat permits MessagesReply, ChatReply, CompletionsReply, ResponsesReply {
    /// Seconds since 1970 in every `created`: replies hold no clock.
    long CREATED = 1_760_000_000;

    /// The non-streaming body.
    JsonNode whole(Script script);

    /// The whole stream, one frame each, the format's own end included.
    List<byte[]> stream(Script script);

    /// A stream that starts and then fails with the format's own error event.
    List<byte[]> overloaded(Script script);
}

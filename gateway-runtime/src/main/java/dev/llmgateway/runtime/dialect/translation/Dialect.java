package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;

/// One wire format: request in and out, reply in and out. All pieces are pure but for what they
/// write to; decoders and encoders are made for one reply.
public interface Dialect {
    /// Reads a client's body, which is known to be one valid JSON object.
    ///
    /// @param body the hub's slices are views of it
    /// @throws Refusal when the request makes no sense in its own format
    ChatRequest read(Slice body, Notes notes);

    /// Writes the body an upstream of this format is sent.
    ///
    /// @throws Refusal when something of it cannot be carried and must not be left out
    void write(ChatRequest request, Target target, Notes notes, JsonBytes out);

    /// Whether the upstream must be asked to stream although the client wants one document, since
    /// it refuses long replies otherwise.
    default boolean mustStream(ChatRequest request, Target target) {
        return false;
    }

    /// Whether this upstream knows no stop sequences, so that they are met here (2.8).
    default boolean emulatesStop(ChatRequest request, Target target) {
        return false;
    }

    /// Whether an upstream of this format knows tools that take free text; where it does not, they
    /// are functions (2.7).
    default boolean takesCustomTools(Target target) {
        return false;
    }

    /// What this client's reply needs of its request and the hub does not know. Views of the body
    /// are copied.
    default RequestMemory memory(Slice body) {
        return RequestMemory.NONE;
    }

    /// For an upstream that streams.
    FrameDecoder frames(Origin origin);

    /// For an upstream that answers with one document.
    WholeDecoder whole(Origin origin);

    /// For a client that asked for a stream.
    ReplyEncoder streaming(ReplyContext context);

    /// For a client that asked for one document.
    ReplyEncoder document(ReplyContext context);
}

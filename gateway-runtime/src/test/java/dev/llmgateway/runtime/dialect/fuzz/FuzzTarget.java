package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.Locale;
import java.util.function.Consumer;

/// What is fed with any bytes.
@SuppressWarnings("ImmutableEnumChecker") // targets keep nothing
public enum FuzzTarget {
    CHAT_REQUEST(new AnyRequest(WireFormat.ChatCompletions)),
    MESSAGES_REQUEST(new AnyRequest(WireFormat.Messages)),
    COMPLETIONS_REQUEST(new AnyRequest(WireFormat.Completions)),
    CHAT_STREAM(new AnyReply(WireFormat.ChatCompletions, true)),
    MESSAGES_STREAM(new AnyReply(WireFormat.Messages, true)),
    CHAT_DOCUMENT(new AnyReply(WireFormat.ChatCompletions, false)),
    MESSAGES_DOCUMENT(new AnyReply(WireFormat.Messages, false)),
    ERROR_DOCUMENT(new AnyError());

    private final Consumer<byte[]> body;

    FuzzTarget(Consumer<byte[]> body) {
        this.body = body;
    }

    /// Throws when a promise is broken: an exception out, output that is no JSON, output without
    /// bound, a reply without an end.
    void accept(byte[] input) {
        body.accept(input);
    }

    /// Name of its corpus.
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

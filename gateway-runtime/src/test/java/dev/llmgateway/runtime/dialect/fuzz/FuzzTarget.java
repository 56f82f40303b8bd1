package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.Locale;
import java.util.function.Consumer;

/// What is fed with any bytes.
@SuppressWarnings("ImmutableEnumChecker") // targets keep nothing
public enum FuzzTarget {
    CHAT_REQUEST(1_000, new AnyRequest(WireFormat.ChatCompletions)),
    MESSAGES_REQUEST(1_500, new AnyRequest(WireFormat.Messages)),
    RESPONSES_REQUEST(1_000, new AnyRequest(WireFormat.Responses)),
    COMPLETIONS_REQUEST(10_000, new AnyRequest(WireFormat.Completions)),
    CHAT_STREAM(300, new AnyReply(WireFormat.ChatCompletions, true)),
    MESSAGES_STREAM(600, new AnyReply(WireFormat.Messages, true)),
    RESPONSES_STREAM(400, new AnyReply(WireFormat.Responses, true)),
    CHAT_DOCUMENT(800, new AnyReply(WireFormat.ChatCompletions, false)),
    MESSAGES_DOCUMENT(800, new AnyReply(WireFormat.Messages, false)),
    RESPONSES_DOCUMENT(800, new AnyReply(WireFormat.Responses, false)),
    ERROR_DOCUMENT(30_000, new AnyError());

    private final Consumer<byte[]> body;
    private final int runs;

    FuzzTarget(int runs, Consumer<byte[]> body) {
        this.runs = runs;
        this.body = body;
    }

    /// Inputs of a short look: about a second's worth on two cores of 2026.
    int runs() {
        return runs;
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

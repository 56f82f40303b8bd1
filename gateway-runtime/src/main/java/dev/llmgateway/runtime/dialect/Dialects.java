package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.chat.ChatDialect;
import dev.llmgateway.runtime.dialect.completions.CompletionsDialect;
import dev.llmgateway.runtime.dialect.messages.MessagesDialect;
import dev.llmgateway.runtime.dialect.responses.ResponsesDialect;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import java.security.SecureRandom;

/// The formats that can be translated.
public final class Dialects {
    private static final Dialect CHAT = new ChatDialect(new SecureRandom());
    private static final Dialect COMPLETIONS = new CompletionsDialect();
    private static final Dialect MESSAGES = new MessagesDialect();
    private static final Dialect RESPONSES = new ResponsesDialect();
    private static final Dialect COUNTING = new CountingDialect();

    private Dialects() {}

    /// @throws IllegalArgumentException for a format that is never translated
    public static Dialect of(WireFormat format) {
        return switch (format) {
            case ChatCompletions -> CHAT;
            case Completions -> COMPLETIONS;
            case Messages -> MESSAGES;
            case Responses -> RESPONSES;
            case CountTokens -> COUNTING;
            case Embeddings, Models ->
                    throw new IllegalArgumentException(format + " is not translated");
        };
    }
}

package dev.llmgateway.runtime.dialect.completions;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;

/// OpenAI's legacy Completions: a client's format only. Nothing is ever translated into it, since
/// whoever speaks it speaks Chat too.
public final class CompletionsDialect implements Dialect {
    @Override
    public ChatRequest read(Slice body, Notes notes) {
        return CompletionsRequests.read(body, notes);
    }

    @Override
    public void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        throw neverAsked();
    }

    @Override
    public FrameDecoder frames(Origin origin) {
        throw neverAsked();
    }

    @Override
    public WholeDecoder whole(Origin origin) {
        throw neverAsked();
    }

    @Override
    public ReplyEncoder streaming(ReplyContext context) {
        return new CompletionsStream(context);
    }

    @Override
    public ReplyEncoder document(ReplyContext context) {
        return new CompletionsReply(context);
    }

    private static UnsupportedOperationException neverAsked() {
        return new UnsupportedOperationException("no upstream is asked for legacy completions");
    }
}

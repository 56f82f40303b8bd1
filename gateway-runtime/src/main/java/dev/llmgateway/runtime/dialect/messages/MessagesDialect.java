package dev.llmgateway.runtime.dialect.messages;

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

/// Anthropic's Messages.
public final class MessagesDialect implements Dialect {
    @Override
    public ChatRequest read(Slice body, Notes notes) {
        return MessagesRequests.read(body, notes);
    }

    @Override
    public void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        MessagesRequestWriter.write(request, target, notes, out);
    }

    @Override
    public boolean mustStream(ChatRequest request, Target target) {
        return MessagesRequestWriter.needsStreaming(request, target);
    }

    @Override
    public FrameDecoder frames(Origin origin) {
        return new MessagesFrames();
    }

    @Override
    public WholeDecoder whole(Origin origin) {
        return new MessagesDocument();
    }

    @Override
    public ReplyEncoder streaming(ReplyContext context) {
        return new MessagesStream(context);
    }

    @Override
    public ReplyEncoder document(ReplyContext context) {
        return new MessagesReply(context);
    }
}

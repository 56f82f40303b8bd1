package dev.llmgateway.runtime.dialect.chat;

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
import java.util.random.RandomGenerator;

/// OpenAI's Chat Completions.
public final class ChatDialect implements Dialect {
    private final RandomGenerator random;

    /// @param random for ids of calls that an upstream left without one; shared by all loops
    public ChatDialect(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public ChatRequest read(Slice body, Notes notes) {
        return ChatRequests.read(body, notes);
    }

    @Override
    public void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        ChatRequestWriter.write(request, target, notes, out);
    }

    @Override
    public boolean emulatesStop(ChatRequest request, Target target) {
        return ChatRequestWriter.emulatesStop(request, target);
    }

    @Override
    public boolean takesCustomTools(Target target) {
        return ToolsWriter.takesCustom(target);
    }

    @Override
    public FrameDecoder frames(Origin origin) {
        return new ChatFrames(random);
    }

    @Override
    public WholeDecoder whole(Origin origin) {
        return new ChatDocument(random);
    }

    @Override
    public ReplyEncoder streaming(ReplyContext context) {
        return new ChatStream(context);
    }

    @Override
    public ReplyEncoder document(ReplyContext context) {
        return new ChatReply(context);
    }
}

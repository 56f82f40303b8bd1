package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.RequestMemory;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;

/// OpenAI's Responses.
public final class ResponsesDialect implements Dialect {
    @Override
    public ChatRequest read(Slice body, Notes notes) {
        return ResponsesRequests.read(body, notes);
    }

    @Override
    public RequestMemory memory(Slice body) {
        return RequestMemories.read(body);
    }

    @Override
    public void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        ResponsesRequestWriter.write(request, target, notes, out);
    }

    /// There is no such parameter.
    @Override
    public boolean emulatesStop(ChatRequest request, Target target) {
        return !request.sampling().stop().isEmpty();
    }

    @Override
    public boolean takesCustomTools(Target target) {
        return true;
    }

    @Override
    public FrameDecoder frames(Origin origin) {
        return new ResponsesFrames(origin);
    }

    @Override
    public WholeDecoder whole(Origin origin) {
        return new ResponsesDocument(origin);
    }

    @Override
    public ReplyEncoder streaming(ReplyContext context) {
        return new ResponsesStream(context);
    }

    @Override
    public ReplyEncoder document(ReplyContext context) {
        return new ResponsesReply(context);
    }
}

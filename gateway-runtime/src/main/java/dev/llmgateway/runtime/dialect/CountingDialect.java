package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.messages.MessagesDialect;
import dev.llmgateway.runtime.dialect.responses.ResponsesDialect;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Counting tokens: `count_tokens` of Messages towards a client, `input_tokens` of Responses
/// towards an upstream (translation.md 9). A count is a reply that says nothing but its usage.
final class CountingDialect implements Dialect {
    /// What `input_tokens` takes of a request.
    private static final Set<String> COUNTED =
            Set.of(
                    "model",
                    "instructions",
                    "input",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "reasoning",
                    "text");

    private static final GatewayError NONSENSE =
            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "the upstream's count makes no sense");

    private final Dialect client = new MessagesDialect();
    private final Dialect upstream = new ResponsesDialect();

    @Override
    public ChatRequest read(Slice body, Notes notes) {
        return client.read(body, notes);
    }

    @Override
    public void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        JsonBytes whole = new JsonBytes();
        upstream.write(request, target, notes, whole);
        JsonCursor json = JsonCursor.of(whole.slice());
        out.objectStart();
        json.object();
        while (json.member()) {
            String name = json.key();
            Slice value = json.value();
            if (COUNTED.contains(name)) {
                out.name(name).json(value);
            }
        }
        out.objectEnd();
    }

    @Override
    public boolean takesCustomTools(Target target) {
        return upstream.takesCustomTools(target);
    }

    @Override
    public FrameDecoder frames(Origin origin) {
        return upstream.frames(origin);
    }

    @Override
    public WholeDecoder whole(Origin origin) {
        return CountingDialect::count;
    }

    private static void count(Slice body, Consumer<ReplyEvent> to) {
        long tokens = -1;
        try {
            JsonCursor json = JsonCursor.of(body);
            if (json.object()) {
                while (json.member()) {
                    if (json.key().equals("input_tokens")) {
                        tokens = json.count(-1);
                    } else {
                        json.skip();
                    }
                }
                json.end();
            }
        } catch (MalformedJson _) {
            tokens = -1;
        }
        if (tokens < 0) {
            to.accept(new ReplyEvent.Fail(NONSENSE));
            return;
        }
        Usage counted = new Usage(tokens, 0, 0, 0, 0);
        to.accept(ReplyEvent.Start.UNTOLD);
        to.accept(new ReplyEvent.Finish(StopReason.EndTurn, Slice.EMPTY, counted));
    }

    @Override
    public ReplyEncoder streaming(ReplyContext context) {
        return new Count();
    }

    @Override
    public ReplyEncoder document(ReplyContext context) {
        return new Count();
    }

    private static final class Count implements ReplyEncoder {
        @Override
        public void encode(ReplyEvent event, JsonBytes out) {
            if (event instanceof ReplyEvent.Finish finish) {
                out.objectStart().member("input_tokens", finish.usage().input()).objectEnd();
            }
        }

        @Override
        public List<String> losses() {
            return List.of();
        }
    }
}

package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.catalog.ModelCatalog;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.chat.ChatDialect;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Conversation;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyStages;
import dev.llmgateway.runtime.dialect.translation.RequestMemory;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.dialect.translation.TokenEstimate;
import dev.llmgateway.runtime.dialect.translation.ToolNames;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A request on its way to an upstream of another format, and the way its reply comes back: what an
/// exchange does, without sockets.
///
/// @param body what the upstream is sent
/// @param notes what is named as lost
record Crossing(
        WireFormat from,
        WireFormat to,
        String body,
        List<String> notes,
        ReplyContext context,
        UnaryOperator<Consumer<ReplyEvent>> stages) {
    private static final int ESTIMATE = 11;
    private static final String ACCOUNT = "0a1b2c3d";

    /// @param body of a client; its model is the upstream's
    /// @throws dev.llmgateway.runtime.dialect.translation.Refusal when it cannot be carried
    static Crossing of(WireFormat from, WireFormat to, String body, boolean strict) {
        Dialect there = dialect(to);
        Notes notes = new Notes(strict);
        Slice bytes = Slice.of(body);
        ChatRequest asked = Conversation.ordered(dialect(from).read(bytes, notes), notes);
        Target target = target(asked.model(), to);
        ToolNames names = ToolNames.of(asked);
        ChatRequest request = names.applied(asked);
        if (there.mustStream(request, target)) {
            request = request.streaming();
        }
        JsonBytes out = new JsonBytes();
        there.write(request, target, notes, out);
        ReplyStages stages =
                ReplyStages.of(
                        asked,
                        names,
                        to,
                        there.emulatesStop(request, target),
                        there.takesCustomTools(target));
        return new Crossing(
                from,
                to,
                out.slice().toString(),
                notes.all(),
                context(asked, dialect(from).memory(bytes)),
                stages::before);
    }

    static Crossing of(WireFormat from, WireFormat to, String body) {
        return of(from, to, body, false);
    }

    /// The reply to a request that asks for nothing special.
    static Crossing plain(WireFormat from, WireFormat to) {
        ReplyContext context = new ReplyContext("", 1, true, ESTIMATE, false, true);
        return new Crossing(from, to, "", List.of(), context, UnaryOperator.identity());
    }

    private static ReplyContext context(ChatRequest asked, RequestMemory memory) {
        return new ReplyContext(
                "",
                1,
                asked.includeUsage(),
                TokenEstimate.of(asked),
                asked.tools().stream().anyMatch(Tool.Custom.class::isInstance),
                true,
                new Origin(ACCOUNT, asked.model()),
                memory);
    }

    /// What the client reads.
    ///
    /// @param sse the upstream streams
    /// @param stream the client reads a stream
    String reply(byte[] bytes, boolean sse, boolean stream) {
        return reply(bytes, sse, stream, Math.max(1, bytes.length));
    }

    /// The same, from an upstream whose bytes come in pieces.
    ///
    /// @param size bytes of a piece
    String reply(byte[] bytes, boolean sse, boolean stream, int size) {
        TranslatingTap tap = tap(sse, stream);
        StringBuilder sent = new StringBuilder();
        for (int from = 0; from < bytes.length; from += size) {
            int length = Math.min(size, bytes.length - from);
            sent.append(text(tap.pass(Unpooled.copiedBuffer(bytes, from, length))));
        }
        String reply = sent + text(tap.finish());
        GatewayError failure = tap.failure();
        if (failure == null) {
            return reply;
        }
        return stream
                ? reply + failureEvent(failure, tap.position())
                : ErrorEnvelope.body(failure, from, "req_1") + "\n";
    }

    /// What is named as lost of a reply.
    List<String> losses(byte[] bytes, boolean sse, boolean stream) {
        TranslatingTap tap = tap(sse, stream);
        text(tap.pass(Unpooled.copiedBuffer(bytes)));
        text(tap.finish());
        return tap.losses();
    }

    private TranslatingTap tap(boolean sse, boolean stream) {
        Dialect here = dialect(from);
        ReplyEncoder encoder = stream ? here.streaming(context) : here.document(context);
        return new TranslatingTap(
                new TranslationSpace(),
                UnpooledByteBufAllocator.DEFAULT,
                dialect(to),
                context.origin(),
                sse,
                encoder,
                stages);
    }

    private String failureEvent(GatewayError failure, StreamPosition position) {
        return new String(ErrorEnvelope.streamEvent(failure, from, "req_1", position), UTF_8);
    }

    private static String text(ByteBuf bytes) {
        String text = bytes.toString(UTF_8);
        bytes.release();
        return text;
    }

    /// Ids that are made up are the same in each run.
    private static Dialect dialect(WireFormat format) {
        return format == WireFormat.ChatCompletions
                ? new ChatDialect(new Random(1))
                : Dialects.of(format);
    }

    private static Target target(String model, WireFormat to) {
        Provider provider = provider(model, to);
        return new Target(
                model,
                ModelCatalog.lookup(ModelCatalog.builtIn(), provider, model),
                provider == Provider.Anthropic,
                ACCOUNT);
    }

    private static Provider provider(String model, WireFormat to) {
        if (to == WireFormat.Messages) {
            return model.startsWith("claude") ? Provider.Anthropic : Provider.AnthropicCompatible;
        }
        if (model.startsWith("gemini")) {
            return Provider.Google;
        }
        return model.startsWith("gpt-") || model.startsWith("o3")
                ? Provider.OpenAI
                : Provider.OpenAICompatible;
    }
}

package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Dialects;
import dev.llmgateway.runtime.dialect.json.BodyScan;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonScanner;
import dev.llmgateway.runtime.dialect.translation.Conversation;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.dialect.translation.TokenEstimate;
import dev.llmgateway.runtime.dialect.translation.ToolNames;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A client's body on its way to the body of each upstream that it can be translated for: valid
/// JSON or a refusal.
final class AnyRequest implements Consumer<byte[]> {
    /// Marks around the body in its array, so that nobody takes an index of one for the other.
    private static final int OFFSET = 5;

    private static final List<Target> TARGETS =
            List.of(
                    target("Anthropic", "AB", "Full", "Native", true),
                    target("Anthropic", "A", "None", "System", false),
                    target("OpenAI", "N", "Temperature", "Developer", false),
                    target("", "B", "Full", "Reminder", true));

    private final WireFormat source;

    AnyRequest(WireFormat source) {
        this.source = source;
    }

    @Override
    public void accept(byte[] body) {
        JsonScanner scanner = new JsonScanner();
        scanner.feed(Unpooled.wrappedBuffer(body));
        if (!(scanner.finish() instanceof BodyScan.Valid)) {
            return;
        }
        Stream.of(WireFormat.ChatCompletions, WireFormat.Messages, WireFormat.Responses)
                .filter(upstream -> upstream != source)
                .forEach(upstream -> TARGETS.forEach(to -> translate(body, upstream, to)));
    }

    private void translate(byte[] body, WireFormat upstream, Target target) {
        Dialect to = Dialects.of(upstream);
        Notes notes = new Notes(false);
        JsonBytes out = new JsonBytes();
        try {
            ChatRequest asked =
                    Conversation.ordered(Dialects.of(source).read(inner(body), notes), notes);
            Promises.check(TokenEstimate.of(asked) >= 0, "an estimate below 0");
            ChatRequest request = ToolNames.of(asked).applied(asked);
            to.write(
                    to.mustStream(request, target) ? request.streaming() : request,
                    target,
                    notes,
                    out);
            to.emulatesStop(request, target);
            Dialects.of(source).memory(inner(body));
        } catch (Refusal refusal) {
            Promises.check(!refusal.error().message().isEmpty(), "a refusal without a word");
            return;
        }
        Promises.json(out.slice());
        Promises.bounded(body.length, out.length());
        notes.all().forEach(Promises::headerText);
    }

    private static Slice inner(byte[] body) {
        byte[] array = new byte[body.length + 2 * OFFSET];
        Arrays.fill(array, (byte) '#');
        System.arraycopy(body, 0, array, OFFSET, body.length);
        return new Slice(array, OFFSET, OFFSET + body.length);
    }

    private static Target target(
            String provider, String thinking, String sampling, String midSystem, boolean able) {
        String mostTokens = able ? "max_tokens" : "max_completion_tokens";
        CatalogEntry entry =
                new CatalogEntry(
                        "*",
                        provider,
                        thinking,
                        sampling,
                        able,
                        midSystem,
                        able,
                        able,
                        !able,
                        mostTokens,
                        able,
                        !able,
                        able,
                        able,
                        32_000,
                        0,
                        CatalogEntry.Price.UNKNOWN);
        return new Target("up", entry, provider.equals("Anthropic"));
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What stands between a decoder and an encoder: what a translated request has changed about names,
/// tools and stops is changed back in its reply. Keeps nothing of the client's body.
///
/// @param wrapped tools whose arguments were wrapped as `{"value": …}`, by the client's names
/// @param custom tools that take free text and were sent as functions
/// @param stops texts the upstream was not told, escaped
/// @param input estimate of the request's tokens, for a reply that ends before the upstream tells
///   them; 0 without stops
public record ReplyStages(
        ToolNames names, Set<String> wrapped, Set<String> custom, List<Slice> stops, long input) {
    /// @param original as the client sent it, before [ToolNames#applied]
    /// @param upstream format of the reply
    /// @param emulateStops the upstream was not told the stop texts
    /// @param customTools the upstream was told custom tools as what they are
    public static ReplyStages of(
            ChatRequest original,
            ToolNames names,
            WireFormat upstream,
            boolean emulateStops,
            boolean customTools) {
        boolean messages = upstream == WireFormat.Messages;
        Set<String> wrapped = new LinkedHashSet<>();
        Set<String> custom = new LinkedHashSet<>();
        for (Tool tool : original.tools()) {
            if (!customTools && tool instanceof Tool.Custom) {
                custom.add(tool.name());
            } else if (messages
                    && tool instanceof Tool.Function function
                    && RootSchema.needsWrapping(function.schema())) {
                wrapped.add(tool.name());
            }
        }
        List<Slice> stops =
                emulateStops
                        ? original.sampling().stop().stream().map(Slice::copy).toList()
                        : List.of();
        long input = stops.isEmpty() ? 0 : TokenEstimate.of(original);
        return new ReplyStages(names, wrapped, custom, stops, input);
    }

    /// Stages that have nothing to do are left out.
    public Consumer<ReplyEvent> before(Consumer<ReplyEvent> encoder) {
        Consumer<ReplyEvent> first = encoder;
        if (!stops.isEmpty()) {
            first = new StopEmulation(stops, input, first);
        }
        if (!wrapped.isEmpty() || !custom.isEmpty()) {
            first = new ShapeRestorer(wrapped, custom, first);
        }
        return names.changesNothing() ? first : new NameRestorer(names, first);
    }
}

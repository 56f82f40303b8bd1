package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Turn;
import java.util.Arrays;
import java.util.List;

/// Requests for tests of what happens between the formats.
final class Requests {
    private Requests() {}

    static ChatRequest of(List<Turn> turns, List<Tool> tools, ToolChoice choice, String... stop) {
        return new ChatRequest(
                WireFormat.ChatCompletions,
                "m",
                true,
                true,
                List.of(),
                turns,
                tools,
                choice,
                true,
                new Sampling(
                        Sampling.UNSAID,
                        Slice.EMPTY,
                        Slice.EMPTY,
                        Slice.EMPTY,
                        Arrays.stream(stop).map(Slice::of).toList()),
                new OutputFormat.Text(),
                Reasoning.UNSAID,
                "",
                Slice.EMPTY,
                "",
                CacheMark.None,
                List.of());
    }

    static ChatRequest of(Turn... turns) {
        return of(List.of(turns), List.of(), new ToolChoice.Unsaid());
    }

    static Turn user(Part... parts) {
        return new Turn(Role.User, List.of(parts));
    }

    static Turn assistant(Part... parts) {
        return new Turn(Role.Assistant, List.of(parts));
    }

    static Turn system(Part... parts) {
        return new Turn(Role.System, List.of(parts));
    }

    static Part text(String text) {
        return new Part.Text(Slice.of(text), CacheMark.None);
    }

    static Part.ToolCall call(String id) {
        return call(id, "f");
    }

    static Part.ToolCall call(String id, String name) {
        return new Part.ToolCall(id, name, new Arguments.Value(Slice.of("{}")), CacheMark.None);
    }

    static Part.ToolResult result(String id, String said) {
        return new Part.ToolResult(id, List.of(text(said)), false, CacheMark.None);
    }

    static Tool function(String name, String schema) {
        return new Tool.Function(
                name, Slice.EMPTY, Slice.of(schema), false, Slice.EMPTY, CacheMark.None);
    }
}

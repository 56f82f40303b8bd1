package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Dialects;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.ReplyStages;
import dev.llmgateway.runtime.dialect.translation.ToolNames;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// What may stand between decoder and encoder: nothing, and everything at once.
final class Stages {
    private static final String REQUEST =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stop\":[\"ab\",\"\\n\"],"
                    + "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"anyOf\":[{\"type\":\"string\"}]}}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"get weather\"}}]}";

    private static final String PLAIN =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

    private static final ChatRequest ASKED = read(REQUEST);
    private static final ChatRequest NOTHING = read(PLAIN);

    private Stages() {}

    static List<ReplyStages> of(WireFormat upstream) {
        return List.of(of(NOTHING, upstream, false), of(ASKED, upstream, true));
    }

    static boolean none(ReplyStages stages) {
        return stages.names().changesNothing() && stages.stops().isEmpty();
    }

    private static ReplyStages of(ChatRequest asked, WireFormat upstream, boolean emulateStops) {
        return ReplyStages.of(
                asked,
                ToolNames.of(asked),
                upstream,
                emulateStops,
                upstream != WireFormat.Messages);
    }

    private static ChatRequest read(String request) {
        return Dialects.of(WireFormat.ChatCompletions).read(Slice.of(request), new Notes(false));
    }
}

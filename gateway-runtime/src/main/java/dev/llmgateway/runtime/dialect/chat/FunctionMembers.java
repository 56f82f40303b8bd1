package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Tool;

/// What OpenAI's formats say alike of a function.
public final class FunctionMembers {
    private FunctionMembers() {}

    /// The member `description`, with Anthropic's examples behind it; nothing where both are empty.
    public static void description(Tool.Function function, RequestOutput to) {
        if (function.description().isEmpty() && function.examples().isEmpty()) {
            return;
        }
        JsonBytes json = to.quote("description").raw(function.description());
        if (!function.examples().isEmpty()) {
            json.ascii(function.description().isEmpty() ? "Examples:" : "\\n\\nExamples:");
            JsonCursor examples = JsonCursor.of(function.examples());
            if (examples.array()) {
                while (examples.element()) {
                    json.ascii("\\n");
                    to.compacted(examples.value());
                }
            }
        }
        to.endQuote();
    }

    /// Whether it is to be kept to strictly. The rule is OpenAI's own: its clients keep it, or are
    /// told by the upstream.
    public static boolean strict(Tool.Function function, WireFormat source) {
        return function.strict()
                && (source != WireFormat.Messages || StrictSubset.holds(function.schema()));
    }
}

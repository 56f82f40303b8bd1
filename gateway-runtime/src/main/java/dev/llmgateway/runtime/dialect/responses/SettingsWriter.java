package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.chat.ReasoningEffort;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.chat.SharedSettings;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.SourceFields;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;

/// How long a reply may get, how its tokens are chosen, its form, how much is thought about it, for
/// whom, how it is served.
final class SettingsWriter {
    /// OpenAI refuses less; probes ask for 1 (translation.md 2.3).
    private static final long LEAST_TOKENS = 16;

    private SettingsWriter() {}

    static void write(ChatRequest request, RequestOutput to) {
        sampling(request, to);
        reasoning(request, to);
        text(request, to.json());
        SharedSettings.user(request, to.json());
        SharedSettings.session(request, to.json());
        SharedSettings.tier(request, to);
        if (request.stream()) {
            to.json().member("stream", true);
        }
    }

    private static void sampling(ChatRequest request, RequestOutput to) {
        Sampling sampling = request.sampling();
        String field = SourceFields.of(request.source()).maxTokens();
        if (sampling.maxTokens() == 0) {
            throw new Refusal(
                    field,
                    field
                            + ": 0 only fills Anthropic's cache, which this upstream does not have;"
                            + " ask for at least 1 token");
        }
        if (sampling.maxTokens() != Sampling.UNSAID) {
            long most = Math.max(LEAST_TOKENS, sampling.maxTokens());
            to.json().member("max_output_tokens", most);
        }
        String takes = to.target().entry().sampling();
        number("temperature", sampling.temperature(), !takes.equals("None"), to);
        number("top_p", sampling.topP(), takes.equals("Full"), to);
        if (!sampling.topK().isEmpty()) {
            to.notes().lost("top_k", "not taken by this model");
        }
    }

    /// A model that cannot be told works with 1, so that nothing is lost where 1 was asked for.
    private static void number(String name, Slice value, boolean taken, RequestOutput to) {
        if (value.isEmpty()) {
            return;
        }
        if (taken) {
            to.json().name(name).json(value);
        } else if (Sampling.worth(value) != 1) {
            to.notes().lost(name, "not taken by this model");
        }
    }

    private static void reasoning(ChatRequest request, RequestOutput to) {
        String effort = effort(request, to);
        boolean thinks = ReasoningEffort.thinks(to.target().model()) && !effort.equals("none");
        boolean shown = thinks && !request.reasoning().display().equals("omitted");
        if (effort.isEmpty() && !shown) {
            return;
        }
        JsonBytes json = to.json().name("reasoning").objectStart();
        if (!effort.isEmpty()) {
            json.member("effort", effort);
        }
        if (shown) {
            json.member("summary", "auto");
        }
        json.objectEnd();
    }

    /// Empty: not said.
    private static String effort(ChatRequest request, RequestOutput to) {
        Reasoning reasoning = request.reasoning();
        String asked = ReasoningEffort.asked(reasoning);
        if (asked.isEmpty()) {
            return "";
        }
        String taken = ReasoningEffort.taken(asked, to.target().model());
        String field =
                reasoning.effort().isEmpty()
                        ? "thinking"
                        : SourceFields.of(request.source()).effort();
        if (taken.isEmpty() && !asked.equals("none")) {
            to.notes().lost(field, "this model takes no reasoning effort");
        } else if (!taken.isEmpty() && !taken.equals(asked)) {
            to.notes().lost(field, "not taken by this model, " + taken + " instead");
        }
        return taken;
    }

    private static void text(ChatRequest request, JsonBytes json) {
        int start = json.length();
        json.name("text").objectStart();
        int empty = json.length();
        switch (request.output()) {
            case OutputFormat.Text _ -> {}
            case OutputFormat.JsonObject _ ->
                    json.name("format").objectStart().member("type", "json_object").objectEnd();
            case OutputFormat.JsonSchema schema -> schema(schema, request.source(), json);
        }
        for (Extra extra : request.extras()) {
            if (extra.name().equals("verbosity") || extra.name().equals("text.verbosity")) {
                json.name("verbosity").json(extra.value());
            }
        }
        if (json.length() == empty) {
            json.cut(start);
        } else {
            json.objectEnd();
        }
    }

    private static void schema(OutputFormat.JsonSchema format, WireFormat source, JsonBytes json) {
        json.name("format").objectStart().member("type", "json_schema");
        SharedSettings.schema(format, source, json);
        json.objectEnd();
    }
}

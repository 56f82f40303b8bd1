package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.SourceFields;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;

/// The reply's form, how much is thought about it, for whom, how it is served.
final class SettingsWriter {
    private SettingsWriter() {}

    static void write(ChatRequest request, RequestOutput to) {
        reasoning(request, to);
        format(request, to.json());
        if (takesIdentity(to)) {
            SharedSettings.user(request, to.json());
            SharedSettings.session(request, to.json());
        }
        SharedSettings.tier(request, to);
        if (request.stream()) {
            JsonBytes json = to.json().member("stream", true);
            json.name("stream_options").objectStart().member("include_usage", true).objectEnd();
        }
    }

    private static void reasoning(ChatRequest request, RequestOutput to) {
        Reasoning reasoning = request.reasoning();
        String asked = ReasoningEffort.asked(reasoning);
        if (asked.isEmpty()) {
            return;
        }
        String taken = ReasoningEffort.taken(asked, to.target().model());
        String field =
                reasoning.effort().isEmpty()
                        ? "thinking"
                        : SourceFields.of(request.source()).effort();
        if (taken.isEmpty()) {
            if (!asked.equals("none")) {
                to.notes().lost(field, "this model takes no reasoning effort");
            }
            return;
        }
        if (!taken.equals(asked)) {
            to.notes().lost(field, "not taken by this model, " + taken + " instead");
        }
        to.json().member("reasoning_effort", taken);
    }

    private static void format(ChatRequest request, JsonBytes json) {
        switch (request.output()) {
            case OutputFormat.Text _ -> {}
            case OutputFormat.JsonObject _ ->
                    json.name("response_format")
                            .objectStart()
                            .member("type", "json_object")
                            .objectEnd();
            case OutputFormat.JsonSchema schema -> schema(schema, request.source(), json);
        }
    }

    private static void schema(OutputFormat.JsonSchema format, WireFormat source, JsonBytes json) {
        json.name("response_format").objectStart().member("type", "json_schema");
        json.name("json_schema").objectStart();
        SharedSettings.schema(format, source, json);
        json.objectEnd().objectEnd();
    }

    /// Google's Chat interface refuses members that it does not know, these among them.
    private static boolean takesIdentity(RequestOutput to) {
        return !to.target().entry().provider().equals("Google");
    }
}

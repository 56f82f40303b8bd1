package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.chat.FormatReader;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// How long a reply may get, how its tokens are chosen, the form of its text, how much is thought
/// about it.
final class SettingsReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final List<Extra> extras;
    private long maxTokens = Sampling.UNSAID;
    private Slice temperature = Slice.EMPTY;
    private Slice topP = Slice.EMPTY;
    private OutputFormat format = new OutputFormat.Text();
    private String effort = "";
    private String display = "";

    SettingsReader(BodyReader body, List<Extra> extras) {
        this.body = body;
        this.json = body.json();
        this.extras = extras;
    }

    /// @return whether the member is one of these; its value was read then
    boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "max_output_tokens" -> maxTokens = tokens(field);
            case "temperature" -> temperature = body.number(field);
            case "top_p" -> topP = body.number(field);
            case "text" -> text(field);
            case "reasoning" -> reasoning(field);
            default -> {
                return false;
            }
        }
        return true;
    }

    Sampling sampling() {
        return new Sampling(maxTokens, temperature, topP, Slice.EMPTY, List.of());
    }

    OutputFormat format() {
        return format;
    }

    /// @param later effort that the input sets; empty: none
    Reasoning reasoning(String later) {
        return new Reasoning(
                new Reasoning.Thinking.Unsaid(), later.isEmpty() ? effort : later, display);
    }

    private long tokens(FieldPath field) {
        if (json.isNull()) {
            json.skip();
            return Sampling.UNSAID;
        }
        long tokens = json.count(0);
        if (tokens < 1) {
            throw BodyReader.refusal(field, "must be a whole number of at least 1");
        }
        return tokens;
    }

    private void text(FieldPath field) {
        if (body.object(field)) {
            while (json.member()) {
                switch (json.key()) {
                    case "format" -> format = new FormatReader(body, field.member("format")).read();
                    case "verbosity" -> extra("text.verbosity");
                    default -> body.unknown(field);
                }
            }
        }
    }

    private void extra(String name) {
        Slice value = json.value();
        if (!value.is("null")) {
            extras.add(new Extra(name, value));
        }
    }

    /// Without a summary nobody wants to see what is thought.
    private void reasoning(FieldPath field) {
        if (!body.object(field)) {
            return;
        }
        display = "omitted";
        while (json.member()) {
            switch (json.key()) {
                case "effort" -> effort = effort(body, field);
                case "summary", "generate_summary" ->
                        display =
                                body.text(field.member(json.key())).isEmpty()
                                        ? display
                                        : "summarized";
                // How OpenAI keeps thoughts is its own business.
                case "mode", "context" -> json.skip();
                default -> body.unknown(field);
            }
        }
    }

    static String effort(BodyReader body, FieldPath owner) {
        FieldPath field = owner.member("effort");
        String effort = body.text(field);
        return switch (effort) {
            case "", "none", "minimal", "low", "medium", "high", "xhigh", "max" -> effort;
            default ->
                    throw BodyReader.refusal(
                            field, "must be none, minimal, low, medium, high, xhigh or max");
        };
    }
}

package dev.llmgateway.runtime.dialect.completions;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.ChatDefaults;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.chat.SamplingReader;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;

/// Reads the body of a client of `/v1/completions`: the prompt becomes one message of the user.
public final class CompletionsRequests {
    /// What OpenAI's reference gives for `max_tokens` when a client of this format says nothing.
    private static final long USUAL_TOKENS = 16;

    private static final FieldPath PROMPT = FieldPath.top("prompt");

    private final BodyReader body;
    private final JsonCursor json;
    private final SamplingReader sampling;
    private final List<Extra> extras = new ArrayList<>();
    private Slice prompt = Slice.EMPTY;
    private String model = "";
    private boolean stream;
    private boolean includeUsage;
    private String user = "";

    private CompletionsRequests(Slice text, Notes notes) {
        this.body = new BodyReader(text, notes, CacheMark.Usual);
        this.json = body.json();
        this.sampling = new SamplingReader(body);
    }

    /// @param body one valid JSON object; the request's slices are views of it
    /// @throws Refusal when it makes no sense, or asks for what no chat can do
    public static ChatRequest read(Slice body, Notes notes) {
        try {
            return new CompletionsRequests(body, notes).request();
        } catch (MalformedJson malformed) {
            throw new Refusal("", "the body is no JSON: " + malformed.getMessage());
        }
    }

    private ChatRequest request() {
        json.object();
        while (json.member()) {
            String name = json.key();
            if (!member(name) && !sampling.member(name)) {
                extra(name);
            }
        }
        if (prompt.isEmpty()) {
            throw BodyReader.refusal(PROMPT, "must be a text that is not empty");
        }
        Part.Text text = new Part.Text(prompt, CacheMark.None);
        return new ChatRequest(
                WireFormat.Completions,
                model,
                stream,
                includeUsage,
                List.of(),
                List.of(new Turn(Role.User, List.of(text))),
                List.of(),
                new ToolChoice.Unsaid(),
                true,
                sampling.sampling(USUAL_TOKENS),
                new OutputFormat.Text(),
                Reasoning.UNSAID,
                user,
                Slice.EMPTY,
                "",
                CacheMark.None,
                extras);
    }

    private boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "model" -> model = body.text(field);
            case "prompt" -> prompt = prompt();
            case "stream" -> stream = body.flag(field, false);
            case "stream_options" -> streamOptions(field);
            case "user" -> user = body.text(field);
            default -> {
                return false;
            }
        }
        return true;
    }

    private Slice prompt() {
        if (json.kind() == JsonKind.String) {
            return json.string();
        }
        Slice only = Slice.EMPTY;
        if (body.list(PROMPT)) {
            for (int i = 0; json.element(); i++) {
                if (i > 0 && json.kind() == JsonKind.String) {
                    throw BodyReader.refusal(
                            PROMPT, "must be one text; send a request for each of several");
                }
                if (json.kind() != JsonKind.String) {
                    throw BodyReader.refusal(
                            PROMPT, "must be a text; token ids mean nothing to another model");
                }
                only = json.string();
            }
        }
        return only;
    }

    private void streamOptions(FieldPath field) {
        if (body.object(field)) {
            while (json.member()) {
                if (json.key().equals("include_usage")) {
                    includeUsage = body.flag(field.member("include_usage"), false);
                } else {
                    json.skip();
                }
            }
        }
    }

    private void extra(String name) {
        Slice value = json.value();
        if (ChatDefaults.saysNothing(name, value)) {
            return;
        }
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "suffix" ->
                    throw BodyReader.refusal(
                            field, "must be left out: a chat does not fill in the middle");
            case "best_of" ->
                    throw BodyReader.refusal(
                            field, "must be 1 or left out: a chat gives one answer");
            case "echo" ->
                    throw BodyReader.refusal(
                            field, "must be false or left out: a chat does not repeat the prompt");
            // A number here, a flag in Chat Completions.
            case "logprobs" -> body.lost(field, "a chat's reply is told without probabilities");
            default -> extras.add(new Extra(name, value));
        }
    }
}

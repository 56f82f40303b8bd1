package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// How long a reply may get, how its tokens are chosen and where it stops; the same members in Chat
/// Completions and in the completions before it.
public final class SamplingReader {
    private final BodyReader body;
    private long maxTokens = Sampling.UNSAID;
    private long maxCompletionTokens = Sampling.UNSAID;
    private Slice temperature = Slice.EMPTY;
    private Slice topP = Slice.EMPTY;
    private Slice topK = Slice.EMPTY;
    private List<Slice> stop = List.of();

    public SamplingReader(BodyReader body) {
        this.body = body;
    }

    /// @return whether the member is one of these; its value was read then
    public boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "max_tokens" -> maxTokens = tokens(field);
            case "max_completion_tokens" -> maxCompletionTokens = tokens(field);
            case "temperature" -> temperature = body.number(field);
            case "top_p" -> topP = body.number(field);
            case "top_k" -> topK = body.number(field);
            case "stop" -> stop = stop(field);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// @param mostTokens when the client did not say
    public Sampling sampling(long mostTokens) {
        long most = maxCompletionTokens == Sampling.UNSAID ? maxTokens : maxCompletionTokens;
        return new Sampling(
                most == Sampling.UNSAID ? mostTokens : most, temperature, topP, topK, stop);
    }

    private long tokens(FieldPath field) {
        JsonCursor json = body.json();
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

    private List<Slice> stop(FieldPath field) {
        JsonCursor json = body.json();
        return switch (json.kind()) {
            case Null -> {
                json.skip();
                yield List.of();
            }
            case String -> texts(json.string());
            case Array -> texts(field);
            case Object, Number, True, False ->
                    throw BodyReader.refusal(field, "must be a string or a list of strings");
        };
    }

    private List<Slice> texts(FieldPath field) {
        List<Slice> texts = new ArrayList<>();
        body.list(field);
        for (int i = 0; body.json().element(); i++) {
            texts.addAll(texts(body.string(field.element(i))));
        }
        return texts;
    }

    /// An empty text never comes, and stops nothing.
    private static List<Slice> texts(Slice text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}

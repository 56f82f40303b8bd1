package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.SourceFields;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// How long the reply may get, how its tokens are chosen, where it stops.
final class SamplingWriter {
    /// OpenAI takes no more stop sequences.
    private static final int MOST_STOPS = 4;

    private SamplingWriter() {}

    static void write(ChatRequest request, RequestOutput to) {
        Sampling sampling = request.sampling();
        SourceFields fields = SourceFields.of(request.source());
        maxTokens(sampling.maxTokens(), fields.maxTokens(), to);
        String takes = to.target().entry().sampling();
        number("temperature", sampling.temperature(), !takes.equals("None"), to);
        number("top_p", sampling.topP(), takes.equals("Full"), to);
        other("top_k", sampling.topK(), to.target().entry().topK(), to);
        if (to.target().entry().stop()) {
            stop(sampling.stop(), fields.stop(), to);
        }
    }

    private static void maxTokens(long most, String field, RequestOutput to) {
        if (most == 0) {
            throw new Refusal(
                    field,
                    field
                            + ": 0 only fills Anthropic's cache, which a Chat upstream does not"
                            + " have; ask for at least 1 token");
        }
        if (most != Sampling.UNSAID) {
            to.json().member(to.target().entry().maxTokensField(), most);
        }
    }

    /// A model that cannot be told works with 1, so that nothing is lost where 1 was asked for.
    private static void number(String name, Slice value, boolean taken, RequestOutput to) {
        if (taken || Sampling.worth(value) != 1) {
            other(name, value, taken, to);
        }
    }

    private static void other(String name, Slice value, boolean taken, RequestOutput to) {
        if (value.isEmpty()) {
            return;
        }
        if (taken) {
            to.json().name(name).json(value);
        } else {
            to.notes().lost(name, "not taken by this model");
        }
    }

    private static void stop(List<Slice> stop, String field, RequestOutput to) {
        if (stop.isEmpty()) {
            return;
        }
        JsonBytes json = to.json().name("stop").arrayStart();
        for (int i = 0; i < stop.size(); i++) {
            if (i < MOST_STOPS) {
                json.string(stop.get(i));
            } else {
                to.notes().lost(field + "[" + i + "]", "at most 4 are taken");
            }
        }
        json.arrayEnd();
    }
}

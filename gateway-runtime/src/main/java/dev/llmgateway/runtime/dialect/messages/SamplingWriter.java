package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Writes how tokens are chosen, as far as the model and its thinking allow it.
final class SamplingWriter {
    private static final Slice ZERO = Slice.of("0.0");
    private static final Slice ONE = Slice.of("1.0");

    /// Of `temperature` and `top_p`: what a model works with that cannot be told, so that nothing
    /// is lost where it was asked for.
    private static final double DEFAULT = 1;

    /// Least `top_p` that Anthropic takes with thinking (its documentation of extended thinking).
    private static final double LEAST_TOP_P_THINKING = 0.95;

    private final Draft draft;
    private final JsonBytes out;
    private final Sampling sampling;
    private final String flag;

    private SamplingWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
        this.sampling = draft.request().sampling();
        this.flag = draft.target().entry().sampling();
    }

    static void write(Draft draft) {
        SamplingWriter writer = new SamplingWriter(draft);
        boolean temperature = writer.temperature();
        writer.topP(temperature);
        writer.topK();
        writer.stop();
    }

    /// @return whether it was written
    private boolean temperature() {
        Slice asked = sampling.temperature();
        if (asked.isEmpty()) {
            return false;
        }
        double value = Sampling.worth(asked);
        if (flag.equals("None") || Double.isNaN(value)) {
            return value != DEFAULT && lost("temperature", "the model takes none");
        }
        if (draft.thinking().on() && value != 1) {
            return lost("temperature", "must be 1 with thinking");
        }
        if (value < 0 || value > 1) {
            lost("temperature", "clamped to 0..1");
        }
        out.name("temperature").json(value < 0 ? ZERO : value > 1 ? ONE : asked);
        return true;
    }

    private void topP(boolean temperature) {
        Slice asked = sampling.topP();
        if (asked.isEmpty()) {
            return;
        }
        double value = Sampling.worth(asked);
        if (value == DEFAULT && !flag.equals("Full")) {
            return;
        }
        if (!flag.equals("Full") || Double.isNaN(value)) {
            lost("top_p", "the model takes none");
        } else if (temperature) {
            lost("top_p", "not beside temperature");
        } else if (draft.thinking().on() && value < LEAST_TOP_P_THINKING) {
            lost("top_p", "must be at least 0.95 with thinking");
        } else {
            out.name("top_p").json(asked);
        }
    }

    private void topK() {
        Slice asked = sampling.topK();
        if (asked.isEmpty()) {
            return;
        }
        if (!flag.equals("Full") || Double.isNaN(Sampling.worth(asked))) {
            lost("top_k", "the model takes none");
        } else if (draft.thinking().on()) {
            lost("top_k", "not with thinking");
        } else {
            out.name("top_k").json(asked);
        }
    }

    private void stop() {
        List<Slice> texts = new ArrayList<>(sampling.stop());
        if (texts.removeIf(Blanks::isBlank)) {
            lost("stop", "blank sequences are not taken");
        }
        if (!texts.isEmpty()) {
            out.name("stop_sequences").arrayStart();
            texts.forEach(out::string);
            out.arrayEnd();
        }
    }

    private boolean lost(String field, String reason) {
        draft.notes().lost(field, reason);
        return false;
    }
}

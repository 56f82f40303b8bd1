package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;

/// What becomes of members the hub has no place for, when they come from OpenAI's formats: refused,
/// dropped in silence where nothing is lost, else named.
final class ExtrasWriter {
    private final Draft draft;

    ExtrasWriter(Draft draft) {
        this.draft = draft;
    }

    void write() {
        serviceTier(draft.request().serviceTier());
        draft.request().extras().forEach(this::extra);
    }

    private void extra(Extra extra) {
        Slice value = extra.value();
        if (JsonCursor.of(value).isNull()) {
            return;
        }
        switch (extra.name()) {
            case "include_obfuscation",
                    "include.logprobs",
                    "stream_options",
                    "prompt_cache_key",
                    "prompt_cache_options",
                    "prompt_cache_retention",
                    "output_config",
                    "metadata" -> {
                // Dropped, local, or read elsewhere.
            }
            case "n" -> choices(value);
            case "audio" -> throw audio("audio");
            case "modalities" -> modalities(value);
            case "store" -> unlessNeutral(extra, "the upstream stores nothing");
            case "frequency_penalty",
                    "presence_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "echo",
                    "suffix" ->
                    unlessNeutral(extra, "no counterpart in Messages");
            default -> lost(extra, "no counterpart in Messages");
        }
    }

    private static void choices(Slice value) {
        if (JsonCursor.of(value).count(2) > 1) {
            throw new Refusal("n", "a Messages upstream gives one choice, ask once for each");
        }
    }

    private void modalities(Slice value) {
        JsonCursor json = JsonCursor.of(value);
        if (json.array()) {
            while (json.element()) {
                String modality = json.text();
                if (modality.equals("audio")) {
                    throw audio("modalities");
                } else if (!modality.equals("text")) {
                    draft.notes().lost("modalities", "replies are text only");
                }
            }
        }
    }

    private static Refusal audio(String field) {
        return new Refusal(field, "a Messages upstream does not speak, ask for text");
    }

    /// Whether the value says what is so anyway: no, nothing, zero.
    private void unlessNeutral(Extra extra, String reason) {
        JsonCursor json = JsonCursor.of(extra.value());
        boolean neutral =
                switch (json.kind()) {
                    case False -> true;
                    case Object -> json.object() && !json.member();
                    case String -> json.string().isEmpty();
                    case Number -> Double.parseDouble(json.value().toString()) == 0;
                    case Array, True, Null -> false;
                };
        if (!neutral) {
            lost(extra, reason);
        }
    }

    private void serviceTier(String tier) {
        switch (tier) {
            case "" -> {
                // Not said.
            }
            case "auto", "priority" -> draft.out().member("service_tier", "auto");
            case "default", "standard_only" -> draft.out().member("service_tier", "standard_only");
            default -> draft.notes().lost("service_tier", "no such tier");
        }
    }

    private void lost(Extra extra, String reason) {
        draft.notes().lost(extra.name(), reason);
    }
}

package dev.llmgateway.runtime.dialect.messages;

import static dev.llmgateway.runtime.dialect.messages.HubRequest.call;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.function;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.hi;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.marked;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.result;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.runtime.dialect.messages.HubRequest.Written;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of translation.md 2.1 and 2.4 about everything but the conversation and its tools.
class MessagesParametersTest {
    private static final String OBJECT = "{\"type\":\"object\",\"properties\":{}}";

    @ParameterizedTest
    @CsvSource({"-1, 32000, true", "100, 100, false", "21333, 21333, false", "21334, 21334, true"})
    void a_limit_is_always_set_and_a_long_reply_is_streamed(
            long asked, long written, boolean streamed) {
        HubRequest request = hi().maxTokens(asked);

        assertThat(request.written().member("max_tokens")).isEqualTo(String.valueOf(written));
        assertThat(MessagesRequestWriter.needsStreaming(request.request(), request.target()))
                .isEqualTo(streamed);
        assertThat(request.written().member("stream")).isEqualTo(streamed ? "true" : "absent");
        assertThat(Sampling.UNSAID).isEqualTo(-1);
    }

    @Test
    void a_client_that_streams_needs_nothing_more() {
        HubRequest request = hi().stream().maxTokens(30_000);

        assertThat(MessagesRequestWriter.needsStreaming(request.request(), request.target()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Full|0.2|0.2|",
                "Full|1|1|",
                "Full|1.7|1.0|temperature=clamped to 0..1",
                "Full|-1|0.0|temperature=clamped to 0..1",
                "Temperature|0.2|0.2|",
                "None|0.2|absent|temperature=the model takes none",
                "None|1|absent|",
                "None|1.0|absent|",
                "Full|\"x\"|absent|temperature=the model takes none"
            })
    void temperature(String flag, String asked, String written, @Nullable String note) {
        check(hi().samples(flag).temperature(asked), "temperature", written, note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Full|0.5|absent|top_p=not beside temperature",
                "Full||0.9|",
                "Temperature||absent|top_p=the model takes none",
                "None||absent|top_p=the model takes none"
            })
    void top_p(String flag, @Nullable String temperature, String written, @Nullable String note) {
        HubRequest request = hi().samples(flag).topP("0.9");
        check(
                temperature == null ? request : request.temperature(temperature),
                "top_p",
                written,
                note);
    }

    @ParameterizedTest
    @CsvSource({"Full,1", "Temperature,absent", "None,absent"})
    void a_top_p_that_changes_nothing_is_no_loss(String flag, String written) {
        check(hi().samples(flag).topP("1"), "top_p", written, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Full|40|",
                "Temperature|absent|top_k=the model takes none",
                "None|absent|top_k=the model takes none"
            })
    void top_k(String flag, String written, @Nullable String note) {
        check(hi().samples(flag).topK("40"), "top_k", written, note);
    }

    @Test
    void thinking_leaves_no_choice_of_tokens() {
        Written written =
                hi().thinks("AB").effort("low").temperature("0.2").topP("0.5").topK("4").written();

        assertThat(written.notes())
                .containsExactly(
                        "temperature=must be 1 with thinking",
                        "top_p=must be at least 0.95 with thinking",
                        "top_k=not with thinking");
        assertThat(hi().thinks("AB").effort("low").temperature("1").written().notes()).isEmpty();
        assertThat(hi().thinks("AB").effort("low").topP("0.95").written().member("top_p"))
                .isEqualTo("0.95");
    }

    @Test
    void stop_sequences_are_carried_but_for_blank_ones() {
        check(
                hi().stop("a", "\\n"),
                "stop_sequences",
                "[\"a\"]",
                "stop=blank sequences are not taken");
        check(
                hi().stop("\\n\\n"),
                "stop_sequences",
                "absent",
                "stop=blank sequences are not taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A|none|{\"type\":\"disabled\"}|absent|",
                "A|minimal|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"low\"}|",
                "A|low|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"low\"}|",
                "A|medium|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"medium\"}|",
                "AB|high|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"high\"}|",
                "A|xhigh|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"xhigh\"}|",
                "AB|xhigh|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"high\"}"
                        + "|reasoning_effort=high is the nearest this model knows",
                "AB|max|{\"type\":\"adaptive\",\"display\":\"summarized\"}|{\"effort\":\"max\"}|",
                "A|ultra|absent|absent|reasoning_effort=unknown value",
                "B|none|absent|absent|",
                "B|minimal|{\"type\":\"enabled\",\"budget_tokens\":1024}|absent|",
                "B|low|{\"type\":\"enabled\",\"budget_tokens\":2048}|absent|",
                "B|medium|{\"type\":\"enabled\",\"budget_tokens\":8192}|absent|",
                "B|high|{\"type\":\"enabled\",\"budget_tokens\":16384}|absent|",
                "B|xhigh|{\"type\":\"enabled\",\"budget_tokens\":19999}|absent|",
                "B|max|{\"type\":\"enabled\",\"budget_tokens\":19999}|absent|",
                "B|ultra|absent|absent|reasoning_effort=unknown value",
                "N|high|absent|absent|reasoning_effort=the model does not think",
                "N|none|absent|absent|"
            })
    void effort(String flag, String effort, String thinking, String config, @Nullable String note) {
        HubRequest request = hi().thinks(flag).effort(effort).maxTokens(20_000);

        check(request, "thinking", thinking, note);
        assertThat(request.written().member("output_config")).isEqualTo(config);
    }

    @Test
    void a_small_limit_leaves_no_room_to_think() {
        check(
                hi().effort("high").maxTokens(1_024),
                "thinking",
                "absent",
                "reasoning_effort=max_tokens leaves no room to think");
        check(
                hi().effort("low").maxTokens(1_025),
                "thinking",
                "{\"type\":\"enabled\",\"budget_tokens\":1024}",
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-fable-5", "claude-Mythos-5"})
    void models_that_always_think_do_it_little(String model) {
        HubRequest request = hi().thinks("A").toModel(model).effort("none");

        check(
                request,
                "thinking",
                "absent",
                "reasoning_effort=the model always thinks, effort low instead");
        assertThat(request.written().member("output_config")).isEqualTo("{\"effort\":\"low\"}");
    }

    @Test
    void anthropics_own_thinking_is_taken_as_it_is() {
        check(
                hi().thinks("AB").thinking(new Reasoning.Thinking.Enabled(5_000), "medium"),
                "thinking",
                "{\"type\":\"enabled\",\"budget_tokens\":5000}",
                null);
        check(
                hi().thinks("A").thinking(new Reasoning.Thinking.Adaptive(), ""),
                "thinking",
                "{\"type\":\"adaptive\"}",
                null);
        check(
                hi().thinks("A").thinking(new Reasoning.Thinking.BetweenTools(), ""),
                "thinking",
                "{\"type\":\"between_tools\"}",
                null);
        check(
                hi().thinks("B").thinking(new Reasoning.Thinking.Disabled(), ""),
                "thinking",
                "{\"type\":\"disabled\"}",
                null);
        HubRequest calm = hi().thinks("A").thinking(new Reasoning.Thinking.Disabled(), "max");
        check(
                calm,
                "thinking",
                "{\"type\":\"disabled\"}",
                "reasoning_effort=high is the most without thinking");
        assertThat(calm.written().member("output_config")).isEqualTo("{\"effort\":\"high\"}");
    }

    @Test
    void a_forced_tool_wins_over_manual_thinking_only() {
        HubRequest request =
                hi().tool(function("f", OBJECT, false))
                        .choice(new ToolChoice.Any())
                        .maxTokens(4_000)
                        .effort("low");

        check(
                request.thinks("B"),
                "thinking",
                "absent",
                "reasoning_effort=no manual thinking with a forced tool");
        assertThat(request.written().member("tool_choice")).isEqualTo("{\"type\":\"any\"}");
        assertThat(request.thinks("A").written().notes()).isEmpty();
    }

    @Test
    void manual_thinking_needs_a_history_that_was_signed() {
        Part signed = new Part.Thinking(Slice.of("hm"), Slice.of("EqQB"));
        String note = "reasoning_effort=history has a call without signed thinking";

        check(thinking().assistant(call("f", "")).user(result()), "thinking", "absent", note);
        check(thinking().assistant(text("so")), "thinking", "absent", note);
        String on = "{\"type\":\"enabled\",\"budget_tokens\":2048}";
        check(thinking().assistant(signed, call("f", "")).user(result()), "thinking", on, null);
        check(thinking().assistant(text("so")).user(text("go")), "thinking", on, null);
        assertThat(thinking().thinks("A").assistant(call("f", "")).user(result()).written().notes())
                .isEmpty();
    }

    private static HubRequest thinking() {
        return hi().maxTokens(4_000).effort("low");
    }

    @Test
    void a_json_object_is_asked_for_by_an_instruction() {
        check(
                hi().system(text("s")).output(new OutputFormat.JsonObject()),
                "system",
                "[{\"type\":\"text\",\"text\":\"s\"},{\"type\":\"text\",\"text\":"
                        + "\"Respond with one valid JSON object and nothing else.\"}]",
                "response_format=asked for by an instruction");
    }

    @Test
    void a_schema_is_a_format_where_the_model_knows_formats_and_an_instruction_else() {
        OutputFormat format =
                new OutputFormat.JsonSchema(
                        "out",
                        Slice.of("d"),
                        Slice.of("{\"type\": \"string\", \"maxLength\":3}"),
                        true);

        check(
                hi().thinks("A").effort("low").output(format),
                "output_config",
                "{\"effort\":\"low\",\"format\":{\"type\":\"json_schema\",\"schema\":"
                        + "{\"type\":\"string\",\"description\":\"{maxLength: 3}\"}}}",
                "response_format.json_schema.description=has no place");
        HubRequest old = hi().withoutStructuredOutputs().output(format);
        check(
                old,
                "output_config",
                "absent",
                "response_format=the schema is asked for by an instruction");
        assertThat(old.written().json().at("/system/0/text").asText())
                .isEqualTo(
                        "Respond with one JSON value that matches this schema and nothing else."
                                + "\n\nd\n\n{\"type\":\"string\",\"maxLength\":3}");
    }

    @Test
    void a_user_is_told_in_256_characters() {
        check(hi().endUser("u\"1"), "metadata", "{\"user_id\":\"u\\\"1\"}", null);
        String cut =
                hi().endUser("x".repeat(255) + "😀")
                        .written()
                        .json()
                        .at("/metadata/user_id")
                        .asText();
        assertThat(cut).isEqualTo("x".repeat(255));
        check(hi(), "metadata", "absent", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto|\"auto\"|",
                "default|\"standard_only\"|",
                "standard_only|\"standard_only\"|",
                "priority|\"auto\"|",
                "flex|absent|service_tier=no such tier",
                "scale|absent|service_tier=no such tier",
                "fast|absent|service_tier=no such tier"
            })
    void service_tier(String tier, String written, @Nullable String note) {
        check(hi().tier(tier), "service_tier", written, note);
    }

    @Test
    void at_most_four_marks_are_sent_the_last_ones() {
        Written written =
                hi().system(marked("s"))
                        .user(marked("1"), marked(" "), marked("2"), marked("3"), marked("4"))
                        .written();

        assertThat(written.member("system")).doesNotContain("cache_control");
        assertThat(written.json().findValues("cache_control")).hasSize(4);
        assertThat(written.notes()).containsExactly("cache_control=only the last 4 marks are kept");
        assertThat(
                        hi().user(marked("1"), marked(" "), marked("2"), marked("3"), marked("4"))
                                .written()
                                .notes())
                .isEmpty();
    }

    @Test
    void the_requests_own_mark_counts_and_stays() {
        Written written =
                hi().cache(CacheMark.Long)
                        .user(marked("1"), marked("2"), marked("3"), marked("4"))
                        .written();

        assertThat(written.member("cache_control"))
                .isEqualTo("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}");
        assertThat(written.json().path("messages").findValues("cache_control")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|1|{\"type\":\"ephemeral\"}",
                "prompt_cache_options|{\"mode\":\"implicit\"}|{\"type\":\"ephemeral\"}",
                "prompt_cache_options|{\"mode\":\"explicit\"}|absent",
                "prompt_cache_options|{\"ttl\":\"12h\"}|{\"type\":\"ephemeral\",\"ttl\":\"1h\"}",
                "prompt_cache_retention|\"24h\"|{\"type\":\"ephemeral\",\"ttl\":\"1h\"}",
                "prompt_cache_retention|\"in_memory\"|{\"type\":\"ephemeral\"}"
            })
    void openais_implicit_cache_is_asked_for(String name, String value, String written) {
        HubRequest request = hi().tool(function("f", OBJECT, false)).extra(name, value);

        assertThat(request.written().member("cache_control")).isEqualTo(written);
        assertThat(hi().extra(name, value).written().member("cache_control")).isEqualTo("absent");
        assertThat(request.toCompatible().written().member("cache_control")).isEqualTo("absent");
    }

    @Test
    void a_client_that_marks_for_itself_gets_no_implicit_cache() {
        HubRequest request = hi().assistant(text("a")).user(marked("b"));

        assertThat(request.written().member("cache_control")).isEqualTo("absent");
        assertThat(
                        request.extra("prompt_cache_options", "{\"mode\":\"implicit\"}")
                                .written()
                                .member("cache_control"))
                .isEqualTo("{\"type\":\"ephemeral\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logprobs|true",
                "top_logprobs|3",
                "logit_bias|{\"1\":2}",
                "seed|0",
                "frequency_penalty|0.5",
                "presence_penalty|-1",
                "prediction|{}",
                "verbosity|\"low\"",
                "moderation|{}",
                "best_of|2",
                "suffix|\"x\"",
                "brand_new|{\"a\":1}"
            })
    void what_has_no_counterpart_is_named_and_refused_when_strict(String name, String value) {
        HubRequest request = hi().extra(name, value);

        assertThat(request.written().notes()).containsExactly(name + "=no counterpart in Messages");
        assertThat(request.written().member(name)).isEqualTo("absent");
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> request.written(new Notes(true)));
        assertThat(refusal.error().param()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include_obfuscation|true",
                "stream_options|{\"include_obfuscation\":false}",
                "prompt_cache_key|\"k\"",
                "metadata|{\"a\":\"b\"}",
                "modalities|[\"text\"]",
                "n|1",
                "n|null",
                "audio|null",
                "seed|null",
                "store|false",
                "logprobs|false",
                "frequency_penalty|0",
                "presence_penalty|0.0",
                "logit_bias|{}",
                "echo|false",
                "suffix|\"\""
            })
    void what_loses_nothing_is_dropped_in_silence(String name, String value) {
        Written written = hi().extra(name, value).written(new Notes(true));

        assertThat(written.member(name)).isEqualTo("absent");
        assertThat(written.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"n|2", "audio|{\"voice\":\"x\"}", "modalities|[\"text\",\"audio\"]"})
    void what_changes_the_reply_is_refused(String name, String value) {
        assertThat(hi().extra(name, value).refused()).isEqualTo(name);
    }

    @Test
    void a_store_that_was_asked_for_and_other_modalities_are_named() {
        assertThat(hi().extra("store", "true").written().notes())
                .containsExactly("store=the upstream stores nothing");
        assertThat(hi().extra("modalities", "[\"image\"]").written().notes())
                .containsExactly("modalities=replies are text only");
    }

    @Test
    void anthropics_output_config_is_carried_beside_what_the_hub_knows() {
        check(
                hi().thinks("A")
                        .effort("low")
                        .extra("output_config", "{\"effort\":\"low\",\"task_budget\":{\"a\":1}}"),
                "output_config",
                "{\"effort\":\"low\",\"task_budget\":{\"a\":1}}",
                null);
    }

    private static void check(
            HubRequest request, String member, String json, @Nullable String note) {
        Written written = request.written();
        assertThat(written.member(member)).isEqualTo(json);
        assertThat(written.notes()).isEqualTo(note == null ? List.of() : List.of(note));
    }
}

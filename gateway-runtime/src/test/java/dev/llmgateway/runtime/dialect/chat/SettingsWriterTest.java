package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.HubRequest.messages;
import static dev.llmgateway.runtime.dialect.chat.HubRequest.sampling;
import static dev.llmgateway.runtime.dialect.chat.HubRequest.stops;
import static dev.llmgateway.runtime.dialect.chat.Upstream.compatible;
import static dev.llmgateway.runtime.dialect.chat.Upstream.openAi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsWriterTest {
    private static final Reasoning.Thinking UNSAID = new Reasoning.Thinking.Unsaid();

    @Test
    void the_model_is_the_targets_and_a_request_that_says_nothing_says_nothing() {
        Written written = Written.to(openAi("gpt-5"), messages().cached());

        assertThat(written.body()).isEqualTo("{\"model\":\"gpt-5\",\"messages\":[]}");
        written.losesNothing();
    }

    @Test
    void the_most_tokens_stand_in_the_field_the_upstream_knows_and_none_is_refused() {
        HubRequest request = messages().sampling(sampling(100, "", "", ""));

        Written.to(openAi("gpt-5"), request).hasOnly("{'max_completion_tokens':100}");
        Written.to(compatible(), request).hasOnly("{'max_tokens':100}");
        assertThat(Written.refused(compatible(), messages().sampling(sampling(0, "", "", ""))))
                .isEqualTo("max_tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Full        | {'temperature':0.2,'top_p':1e-1} | top_k
                    Temperature | {'temperature':0.2}              | top_p top_k
                    None        | {}                               | temperature top_p top_k
                    """)
    void sampling_goes_to_models_that_take_it(String flag, String json, String lost) {
        Written.to(
                        compatible().samples(flag),
                        messages().sampling(sampling(Sampling.UNSAID, "0.2", "1e-1", "40")))
                .hasOnly(json)
                .loses(lost.split(" ", -1));
        Written.to(
                        compatible().samples("None"),
                        messages().sampling(sampling(Sampling.UNSAID, "1", "1.0", "")))
                .hasOnly("{}")
                .losesNothing();
    }

    @Test
    void top_k_goes_to_upstreams_that_take_it() {
        Upstream.Flags topK =
                new Upstream.Flags(false, true, false, true, false, false, false, false);

        Written.to(
                        compatible().with(topK),
                        messages().sampling(sampling(Sampling.UNSAID, "", "", "40")))
                .hasOnly("{'top_k':40}")
                .losesNothing();
    }

    @Test
    void four_stop_sequences_are_sent_and_more_are_named() {
        HubRequest request = messages().sampling(stops("a", "\\n", "c", "d", "e"));

        Written.to(compatible(), request)
                .hasOnly("{'stop':['a','\\n','c','d']}")
                .loses("stop_sequences[4]");
        assertThat(ChatRequestWriter.emulatesStop(request.build(), compatible().target()))
                .isFalse();
    }

    @Test
    void a_model_that_knows_no_stop_is_not_told_and_its_reply_is_to_be_cut() {
        HubRequest request = messages().sampling(stops("a", "b", "c", "d", "e"));

        Written.to(openAi("gpt-5"), request).hasOnly("{}").losesNothing();
        assertThat(ChatRequestWriter.emulatesStop(request.build(), openAi("gpt-5").target()))
                .isTrue();
        assertThat(ChatRequestWriter.emulatesStop(messages().build(), openAi("gpt-5").target()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    gpt-5,       low,     low,     false
                    gpt-5,       max,     high,    true
                    gpt-5,       none,    minimal, true
                    gpt-5-mini,  minimal, minimal, false
                    gpt-5.1,     minimal, none,    true
                    gpt-5.1,     xhigh,   high,    true
                    gpt-5.2,     max,     xhigh,   true
                    o3,          none,    low,     true
                    openai/o4-mini, xhigh, high,   true
                    gpt-5-pro,   low,     high,    true
                    gpt-6,       max,     max,     false
                    llama,       xhigh,   xhigh,   false
                    llama,       odd,     odd,     false
                    """)
    void effort_is_what_the_model_takes_or_the_next_lower(
            String model, String asked, String taken, boolean named) {
        Written written =
                Written.to(compatible().named(model), messages().reasoning(UNSAID, asked))
                        .hasOnly("{'reasoning_effort':'" + taken + "'}");

        if (named) {
            written.loses("output_config.effort");
        } else {
            written.losesNothing();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1024, low",
        "4095, low",
        "4096, medium",
        "12287, medium",
        "12288, high",
        "24575, high",
        "24576, xhigh"
    })
    void a_budget_of_thinking_becomes_an_effort(long budget, String effort) {
        Written.to(compatible(), messages().reasoning(new Reasoning.Thinking.Enabled(budget), ""))
                .hasOnly("{'reasoning_effort':'" + effort + "'}")
                .losesNothing();
    }

    @Test
    void effort_comes_before_thinking_and_thinking_without_measure_says_nothing() {
        Written.to(compatible(), messages().reasoning(new Reasoning.Thinking.Enabled(1024), "max"))
                .hasOnly("{'reasoning_effort':'max'}");
        Written.to(compatible(), messages().reasoning(new Reasoning.Thinking.Adaptive(), ""))
                .hasOnly("{}")
                .losesNothing();
        Written.to(compatible(), messages().reasoning(new Reasoning.Thinking.BetweenTools(), ""))
                .hasOnly("{}")
                .losesNothing();
        Written.to(compatible(), messages().reasoning(new Reasoning.Thinking.Disabled(), ""))
                .hasOnly("{'reasoning_effort':'none'}")
                .losesNothing();
        Written.to(
                        compatible().named("gpt-5"),
                        messages().reasoning(new Reasoning.Thinking.Disabled(), ""))
                .hasOnly("{'reasoning_effort':'minimal'}")
                .loses("thinking");
    }

    @Test
    void a_model_that_does_not_reason_is_asked_for_no_effort() {
        Upstream old = compatible().named("gpt-4o");

        Written.to(old, messages().reasoning(UNSAID, "high"))
                .hasOnly("{}")
                .loses("output_config.effort");
        Written.to(old, messages().reasoning(new Reasoning.Thinking.Enabled(9_000), ""))
                .hasOnly("{}")
                .loses("thinking");
        Written.to(old, messages().reasoning(new Reasoning.Thinking.Disabled(), ""))
                .hasOnly("{}")
                .losesNothing();
    }

    @Test
    void a_schema_for_the_reply_gets_a_name_and_is_strict_when_it_can_be() {
        String open = "{'type':'object','properties':{'a':{'type':'string'}}}";
        String closed =
                "{'type':'object','properties':{},'required':[],'additionalProperties':false}";

        Written.to(compatible(), messages().output(schema("", open, true)))
                .hasOnly(format("output", open, false))
                .losesNothing();
        Written.to(compatible(), messages().output(schema("", closed, false)))
                .hasOnly(format("output", closed, true));
        Written.to(
                        compatible(),
                        HubRequest.from(WireFormat.Responses).output(schema("mine", open, true)))
                .hasOnly(format("mine", open, true));
        Written.to(
                        compatible(),
                        HubRequest.from(WireFormat.Responses).output(new OutputFormat.JsonObject()))
                .hasOnly("{'response_format':{'type':'json_object'}}");
    }

    @Test
    void the_end_user_is_told_as_a_digest_and_its_session_as_the_cache_key() {
        String digits = "0123456789abcdef".repeat(4);
        String session = "2f0b7c1e-8a55-4d0e-9b1f-000000000001";
        String older = "user_" + digits + "_account__session_" + session;
        String newer =
                "{\"device_id\":\"d\",\"account_uuid\":\"\",\"session_id\":\"" + session + "\"}";

        Written.to(compatible(), messages().endUser("abc"))
                .hasOnly(
                        "{'safety_identifier':'ba7816bf8f01cfea414140de5dae2223"
                                + "b00361a396177a9cb410ff61f20015ad'}");
        for (String id : new String[] {older, newer}) {
            Written.to(compatible(), messages().endUser(id))
                    .has("prompt_cache_key", "'" + session + "'")
                    .losesNothing();
        }
        Written.to(compatible(), messages().endUser("{broken")).lacks("prompt_cache_key");
        Written.to(compatible(), messages().endUser(newer).session("own"))
                .has("prompt_cache_key", "'own'");
        Written.to(compatible().at("Google"), messages().endUser(newer)).hasOnly("{}");
    }

    @ParameterizedTest
    @CsvSource({"auto, auto", "standard_only, default"})
    void the_tier_has_another_name(String tier, String word) {
        Written.to(compatible(), messages().tier(tier))
                .hasOnly("{'service_tier':'" + word + "'}")
                .losesNothing();
    }

    @Test
    void a_tier_nobody_knows_is_named() {
        Written.to(compatible(), messages().tier("gold;x")).hasOnly("{}").loses("service_tier");
    }

    @Test
    void a_stream_always_tells_its_usage() {
        Written.to(compatible(), messages().stream())
                .hasOnly("{'stream':true,'stream_options':{'include_usage':true}}")
                .losesNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context_management",
                "container",
                "mcp_servers",
                "betas",
                "diagnostics",
                "inference_geo",
                "speed",
                "user_profile",
                "fallbacks",
                "billing_policy",
                "compaction",
                "output_config.task_budget",
                "seed",
                "never_heard_of"
            })
    void members_only_anthropic_knows_are_named(String name) {
        Written.to(compatible(), messages().extra(name, "{}")).hasOnly("{}").loses(name);
    }

    @Test
    void a_thread_that_goes_on_is_refused_and_a_new_one_says_nothing() {
        Written.to(compatible(), messages().extra("thread", "{\"type\":\"create\"}"))
                .hasOnly("{}")
                .losesNothing();
        assertThat(
                        Written.refused(
                                compatible(),
                                messages().extra("thread", "{\"type\":\"continue\"}")))
                .isEqualTo("thread");
    }

    @Test
    void what_completions_and_chat_share_goes_on_as_it_is() {
        HubRequest request = HubRequest.from(WireFormat.Completions).endUser("u1");
        request.extra("seed", "7").extra("logit_bias", "{\"50256\":-100}").extra("n", "1");
        request.extra("frequency_penalty", "0.5").extra("presence_penalty", "-1");
        request.extra("logprobs", "3").extra("best_of", "1").extra("echo", "false");
        request.extra("suffix", "null").extra("store", "true");

        Written.to(compatible(), request)
                .hasOnly(
                        """
                        {'user':'u1','seed':7,'logit_bias':{'50256':-100},'frequency_penalty':0.5,
                         'presence_penalty':-1,'logprobs':true,'top_logprobs':3}
                        """)
                .losesNothing();
    }

    @Test
    void what_only_completions_know_is_named_and_several_replies_are_refused() {
        HubRequest request = HubRequest.from(WireFormat.Completions);
        request.extra("best_of", "3").extra("echo", "true").extra("suffix", "\"end\"");

        Written.to(compatible(), request).hasOnly("{}").loses("best_of", "echo", "suffix");
        assertThat(
                        Written.refused(
                                compatible(),
                                HubRequest.from(WireFormat.Completions).extra("n", "2")))
                .isEqualTo("n");
    }

    @Test
    void state_that_responses_keep_elsewhere_is_refused() {
        HubRequest request = HubRequest.from(WireFormat.Responses);
        request.extra("store", "false").extra("background", "false");

        Written.to(compatible(), request.extra("truncation", "\"auto\""))
                .hasOnly("{}")
                .loses("truncation");
        assertThat(Written.refused(compatible(), request.extra("previous_response_id", "\"r\"")))
                .isEqualTo("previous_response_id");
    }

    @Test
    void names_a_client_chose_cannot_break_a_header() {
        assertThat(Written.to(compatible(), messages().extra("a\r\nx: 1; é=", "1")).notes())
                .containsExactly("a??x??1????=unknown to Chat upstreams");
    }

    @Test
    void what_is_lost_is_refused_when_translation_is_strict() {
        assertThatThrownBy(() ->
                        ChatRequestWriter.write(
                                messages().extra("speed", "\"fast\"").build(),
                                compatible().target(),
                                new Notes(true),
                                new JsonBytes()))
                .isInstanceOf(Refusal.class);
    }

    private static OutputFormat schema(String name, String schema, boolean strict) {
        return new OutputFormat.JsonSchema(
                name, Slice.EMPTY, Slice.of(schema.replace('\'', '"')), strict);
    }

    private static String format(String name, String schema, boolean strict) {
        return String.format(
                Locale.ROOT,
                "{'response_format':{'type':'json_schema','json_schema':{'name':'%s',"
                        + "'schema':%s,'strict':%s}}}",
                name,
                schema,
                strict);
    }
}

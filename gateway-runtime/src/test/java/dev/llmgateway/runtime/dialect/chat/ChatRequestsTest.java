package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.Bodies.HELLO;
import static dev.llmgateway.runtime.dialect.chat.Bodies.json;
import static dev.llmgateway.runtime.dialect.chat.Bodies.notes;
import static dev.llmgateway.runtime.dialect.chat.Bodies.refused;
import static dev.llmgateway.runtime.dialect.chat.Bodies.silently;
import static dev.llmgateway.runtime.dialect.chat.Bodies.text;
import static dev.llmgateway.runtime.dialect.chat.Bodies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Top-level members of translation.md 2.1; tools are in [ChatToolsTest].
class ChatRequestsTest {
    @Test
    void a_request_that_says_little_has_nothing_else() {
        assertThat(silently("{'model':'gpt-x'," + HELLO + "}"))
                .isEqualTo(
                        new ChatRequest(
                                WireFormat.ChatCompletions,
                                "gpt-x",
                                false,
                                false,
                                List.of(),
                                List.of(new Turn(Role.User, List.of(text("hello")))),
                                List.of(),
                                new ToolChoice.Unsaid(),
                                true,
                                new Sampling(
                                        Sampling.UNSAID,
                                        Slice.EMPTY,
                                        Slice.EMPTY,
                                        Slice.EMPTY,
                                        List.of()),
                                new OutputFormat.Text(),
                                Reasoning.UNSAID,
                                "",
                                Slice.EMPTY,
                                "",
                                CacheMark.None,
                                List.of()));
    }

    @Test
    void streams_and_their_usage_are_asked_for() {
        ChatRequest request =
                with(
                        "'stream':true,'stream_options':"
                                + "{'include_usage':true,'include_obfuscation':false}");

        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(with("'stream':null,'stream_options':null").stream()).isFalse();
        assertThat(notes("{" + HELLO + ",'stream_options':{'x':1}}"))
                .containsExactly("stream_options.x=unknown member");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'max_tokens':5|5",
                "'max_completion_tokens':7,'max_tokens':5|7",
                "'max_tokens':5,'max_completion_tokens':7|7",
                "'max_completion_tokens':null,'max_tokens':5|5",
                "'max_tokens':100.0|100",
                "'max_tokens':null|-1",
            })
    void the_newer_name_of_the_most_tokens_wins(String members, long tokens) {
        assertThat(with(members).sampling().maxTokens()).isEqualTo(tokens);
    }

    @Test
    void numbers_stay_as_they_stand() {
        Sampling sampling = with("'temperature':0.70,'top_p':1e-1,'top_k':40").sampling();

        assertThat(sampling.temperature()).hasToString("0.70");
        assertThat(sampling.topP()).hasToString("1e-1");
        assertThat(sampling.topK()).hasToString("40");
        assertThat(with("'temperature':null").sampling().temperature()).isEqualTo(Slice.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"'a\\n'|a\\n", "['a\\n','b']|a\\n,b", "[]|", "null|", "''|", "['','x']|x"},
            ignoreLeadingAndTrailingWhitespace = false)
    void stops_come_alone_or_as_a_list(String stop, String texts) {
        assertThat(with("'stop':" + stop).sampling().stop())
                .extracting(Slice::toString)
                .isEqualTo(texts == null ? List.of() : List.of(texts.split(",")));
    }

    @Test
    void the_form_of_the_reply_is_read() {
        assertThat(with("'response_format':{'type':'text'}").output())
                .isEqualTo(new OutputFormat.Text());
        assertThat(with("'response_format':null").output()).isEqualTo(new OutputFormat.Text());
        assertThat(with("'response_format':{'type':'json_object'}").output())
                .isEqualTo(new OutputFormat.JsonObject());
        assertThat(
                        with("'response_format':{'json_schema':{'name':'n','description':'d\\n',"
                                        + "'schema':{'type': 'object'},'strict':true},"
                                        + "'type':'json_schema'}")
                                .output())
                .isEqualTo(
                        new OutputFormat.JsonSchema(
                                "n", Slice.of("d\\n"), json("{'type': 'object'}"), true));
        assertThat(
                        with("'response_format':{'type':'json_schema','json_schema':"
                                        + "{'name':'n','schema':null,'strict':null}}")
                                .output())
                .isEqualTo(new OutputFormat.JsonObject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "minimal", "low", "medium", "high", "xhigh", "max"})
    void effort_is_one_of_seven(String effort) {
        assertThat(with("'reasoning_effort':'" + effort + "'").reasoning())
                .isEqualTo(new Reasoning(new Reasoning.Thinking.Unsaid(), effort, ""));
    }

    @Test
    void anthropics_own_members_override() {
        ChatRequest request =
                with(
                        "'thinking':{'type':'enabled','budget_tokens':2048,'display':'omitted'},"
                                + "'output_config':{'effort':'max','format':"
                                + "{'type':'json_schema','schema':{}}},'reasoning_effort':'low',"
                                + "'response_format':{'type':'json_object'},"
                                + "'cache_control':{'type':'ephemeral','ttl':'1h'}");

        assertThat(request.reasoning())
                .isEqualTo(new Reasoning(new Reasoning.Thinking.Enabled(2048), "max", "omitted"));
        assertThat(request.output())
                .isEqualTo(new OutputFormat.JsonSchema("", Slice.EMPTY, json("{}"), false));
        assertThat(request.cache()).isEqualTo(CacheMark.Long);
        assertThat(notes("{" + HELLO + ",'output_config':{'task_budget':{}}}"))
                .containsExactly("output_config.task_budget=unknown member");
    }

    @Test
    void every_kind_of_thinking_is_known() {
        assertThat(thinking("disabled")).isEqualTo(new Reasoning.Thinking.Disabled());
        assertThat(thinking("adaptive")).isEqualTo(new Reasoning.Thinking.Adaptive());
        assertThat(thinking("between_tools")).isEqualTo(new Reasoning.Thinking.BetweenTools());
        assertThat(thinking("enabled")).isEqualTo(new Reasoning.Thinking.Adaptive());
        assertThat(with("'thinking':null").reasoning()).isEqualTo(Reasoning.UNSAID);
    }

    @Test
    void the_plainest_statement_of_who_asks_counts() {
        assertThat(with("'user':'u'").user()).isEqualTo("u");
        assertThat(with("'safety_identifier':'s','user':'u'").user()).isEqualTo("s");
        ChatRequest request =
                with("'metadata':{'user_id':'m','k':'v'},'safety_identifier':'s','user':'u'");
        assertThat(request.user()).isEqualTo("m");
        assertThat(request.extras())
                .containsExactly(new Extra("metadata", json("{'user_id':'m','k':'v'}")));
    }

    @Test
    void the_rest_of_what_has_a_place_is_read() {
        ChatRequest request = with("'prompt_cache_key':'k\\n','service_tier':'flex'");

        assertThat(request.sessionKey()).hasToString("k\\n");
        assertThat(request.serviceTier()).isEqualTo("flex");
        assertThat(request.extras()).isEmpty();
    }

    @Test
    void what_has_no_place_travels_in_order() {
        ChatRequest request =
                with(
                        "'seed':7,'n':2,'system':'s','logit_bias':{'1':2},'modalities':['audio'],"
                                + "'prompt_cache_options':{'ttl':'30m'},'store':true,"
                                + "'frequency_penalty':0.1,'verbosity':'low','x y':[1, 2]");

        assertThat(request.extras())
                .extracting(extra -> extra.name() + "=" + extra.value())
                .containsExactly(
                        "seed=7",
                        "n=2",
                        "system=\"s\"",
                        "logit_bias={\"1\":2}",
                        "modalities=[\"audio\"]",
                        "prompt_cache_options={\"ttl\":\"30m\"}",
                        "store=true",
                        "frequency_penalty=0.1",
                        "verbosity=\"low\"",
                        "x y=[1, 2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'n':1",
                "'n':null",
                "'logprobs':false",
                "'top_logprobs':0",
                "'store':false",
                "'modalities':['text']",
                "'modalities':[ 'text' ]",
                "'frequency_penalty':0,'presence_penalty':0.0",
                "'logit_bias':{}",
                "'metadata':{ }",
                "'metadata':null",
                "'verbosity':'medium'",
                "'prompt_cache_retention':'in_memory'",
                "'anything':null",
                "'tools':null,'tool_choice':null,'functions':null,'web_search_options':null",
                "'user':null,'safety_identifier':null,'prompt_cache_key':null,'service_tier':null",
                "'prompt_cache_options':null,'parallel_tool_calls':null,'output_config':null",
            })
    void what_would_be_so_anyway_is_left_out(String members) {
        assertThat(with(members)).isEqualTo(silently("{" + HELLO + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|messages",
                "{'messages':null}|messages",
                "{'messages':'hi'}|messages",
                "{'messages':{}}|messages",
                "{'messages':[]}|messages",
                "{'model':7}|model",
                "{'stream':'yes'}|stream",
                "{'stream_options':true}|stream_options",
                "{'max_tokens':'5'}|max_tokens",
                "{'max_tokens':0}|max_tokens",
                "{'max_completion_tokens':-1}|max_completion_tokens",
                "{'temperature':'0'}|temperature",
                "{'top_p':[]}|top_p",
                "{'stop':7}|stop",
                "{'stop':[7]}|stop[0]",
                "{'response_format':'json'}|response_format",
                "{'response_format':{'type':'grammar'}}|response_format.type",
                "{'reasoning_effort':'huge'}|reasoning_effort",
                "{'thinking':{'type':'deep'}}|thinking.type",
                "{'thinking':true}|thinking",
                "{'parallel_tool_calls':0}|parallel_tool_calls",
                "{'prompt_cache_options':'x'}|prompt_cache_options",
            })
    void what_makes_no_sense_in_its_own_format_is_refused(String body, String field) {
        assertThat(refused(body)).startsWith(field + ": " + field + " must ");
    }

    @Test
    void strictness_refuses_what_is_named_otherwise() {
        Slice body = json("{'messages':[{'role':'user','content':'a','x':1}]}");

        assertThatThrownBy(() -> ChatRequests.read(body, new Notes(true)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("messages[0].x");
    }

    @Test
    void a_body_full_of_nonsense_is_named_within_bounds() {
        StringBuilder messages = new StringBuilder("{'role':'user','content':'a','x':1}");
        for (int i = 0; i < 5_000; i++) {
            messages.append(",{'role':'user','content':'a','x':1}");
        }

        List<String> notes = notes("{'messages':[" + messages + "]}");

        assertThat(notes).hasSize(101).last().asString().startsWith("more=");
    }

    private static Reasoning.Thinking thinking(String type) {
        return with("'thinking':{'type':'" + type + "'}").reasoning().thinking();
    }
}

package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases of translation.md 6 that need a request and its reply, or both formats.
class EdgeCasesTest {
    private static final String START =
            "event: message_start\ndata: {'type':'message_start','message':{'id':'msg_a1','type':'message',"
                    + "'role':'assistant','model':'m','content':[],'stop_reason':null,'usage':USAGE}}\n\n";
    private static final String STOP = "event: message_stop\ndata: {'type':'message_stop'}\n\n";

    private static Crossing messages(String members) {
        return Crossing.of(
                WireFormat.Messages,
                WireFormat.ChatCompletions,
                "{'model':'gpt-4.1','max_tokens':9,MEMBERS}"
                        .replace("MEMBERS", members)
                        .replace('\'', '"'));
    }

    private static Crossing chat(String members) {
        return Crossing.of(
                WireFormat.ChatCompletions,
                WireFormat.Messages,
                "{'model':'claude-sonnet-4-5','max_tokens':9,MEMBERS}"
                        .replace("MEMBERS", members)
                        .replace('\'', '"'));
    }

    private static JsonNode tree(Crossing crossing) {
        return FieldRow.tree(crossing.body());
    }

    private static JsonNode forChat(String stream) {
        Crossing crossing = Crossing.plain(WireFormat.ChatCompletions, WireFormat.Messages);
        byte[] bytes = stream.replace('\'', '"').getBytes(UTF_8);
        return FieldRow.tree(crossing.reply(bytes, true, false));
    }

    private static String end(String usage) {
        return "event: message_delta\ndata: {'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':"
                + usage
                + "}\n\n"
                + STOP;
    }

    @Test
    void case_04_a_call_without_arguments_has_an_empty_object_of_them() {
        JsonNode reply =
                forChat(
                        START.replace("USAGE", "{'input_tokens':1,'output_tokens':1}")
                                + "event: content_block_start\ndata: {'type':'content_block_start','index':0,"
                                + "'content_block':{'type':'tool_use','id':'t','name':'f','input':{}}}\n\n"
                                + "event: content_block_delta\ndata: {'type':'content_block_delta','index':0,"
                                + "'delta':{'type':'input_json_delta','partial_json':''}}\n\n"
                                + "event: content_block_stop\ndata: {'type':'content_block_stop','index':0}\n\n"
                                + end("{'output_tokens':1}"));

        assertThat(reply.at("/choices/0/message/tool_calls/0/function/arguments").asText())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // 7: cached tokens are part of OpenAI's prompt
                "{'input_tokens':9,'cache_read_input_tokens':3400,'cache_creation_input_tokens':100,'output_tokens':1} | {'output_tokens':7} | 3509 | 3400",
                // 9: cumulative, never added
                "{'input_tokens':9,'cache_read_input_tokens':3,'output_tokens':1} | {'input_tokens':9,'cache_read_input_tokens':3,'output_tokens':7} | 12 | 3",
                // 10: told at the end only
                "{'input_tokens':0,'output_tokens':0} | {'input_tokens':9,'output_tokens':7} | 9 | 0",
            })
    void case_07_case_09_case_10_usage_is_counted_once_and_whole(
            String start, String last, int prompt, int cached) {
        JsonNode usage = forChat(START.replace("USAGE", start) + end(last)).path("usage");

        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(prompt);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(cached);
        assertThat(usage.path("completion_tokens").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"gpt-4.1,developer", "llama-3,system"})
    void case_25_instructions_in_the_middle_are_said_as_the_upstream_takes_them(
            String model, String role) {
        JsonNode sent =
                FieldRow.tree(
                        Crossing.of(
                                        WireFormat.Messages,
                                        WireFormat.ChatCompletions,
                                        FieldRow.json(
                                                        "{'model':'"
                                                                + model
                                                                + "','max_tokens':9,'messages':[{'role':'user','content':'a'},"
                                                                + "{'role':'system','content':'b'}]}")
                                                .toString())
                                .body());

        assertThat(sent.at("/messages/1"))
                .isEqualTo(FieldRow.json("{'role':'" + role + "','content':'b'}"));
    }

    @Test
    void case_28_an_attribution_line_that_changes_changes_nothing_of_the_prompt() {
        String ask =
                "'system':[{'type':'text','text':'x-anthropic-billing-header: cc_version=2.1; cch=CCH;'},"
                        + "{'type':'text','text':'Be brief.'}],'messages':[{'role':'user','content':'a'}]";

        String first = messages(ask.replace("CCH", "ab12")).body();
        String second = messages(ask.replace("CCH", "cd34")).body();

        assertThat(first).isEqualTo(second).doesNotContain("billing", "cch");
    }

    @Test
    void case_32_thoughts_survive_a_chat_client_in_order_with_their_own_signatures() {
        String reply =
                "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':["
                        + "{'type':'thinking','thinking':'one','signature':'S1'},"
                        + "{'type':'redacted_thinking','data':'D'},"
                        + "{'type':'thinking','thinking':'two','signature':'S2'},"
                        + "{'type':'text','text':'x'}],'stop_reason':'end_turn',"
                        + "'usage':{'input_tokens':1,'output_tokens':1}}";
        Crossing back = Crossing.plain(WireFormat.ChatCompletions, WireFormat.Messages);
        JsonNode message =
                FieldRow.tree(back.reply(reply.replace('\'', '"').getBytes(UTF_8), false, false))
                        .at("/choices/0/message");

        JsonNode sent =
                tree(
                        chat(
                                "'messages':[{'role':'user','content':'a'},"
                                        + message
                                        + ",{'role':'user','content':'b'}]"));

        assertThat(sent.at("/messages/1/content"))
                .isEqualTo(
                        FieldRow.json(
                                "[{'type':'thinking','thinking':'one','signature':'S1'},"
                                        + "{'type':'redacted_thinking','data':'D'},"
                                        + "{'type':'thinking','thinking':'two','signature':'S2'},"
                                        + "{'type':'text','text':'x'}]"));
    }

    private static final String CALL =
            "{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':[{'id':'c1',"
                    + "'type':'function','function':{'name':'f','arguments':'{}'}}]},";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'role':'user','content':'wait'},{'role':'tool','tool_call_id':'c1','content':'r'}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'user','content':'wait'}"
            })
    void case_35_a_result_stands_first_and_next_to_its_call(String rest) {
        JsonNode sent = tree(chat("'messages':[" + CALL + rest + "]"));

        assertThat(sent.at("/messages/2/content/0/type").asText()).isEqualTo("tool_result");
        assertThat(sent.at("/messages/2/content/1/text").asText()).isEqualTo("wait");
        assertThat(sent.path("messages")).hasSize(3);
    }

    @Test
    void case_36_a_tool_message_moves_before_the_users() {
        JsonNode sent =
                tree(
                        messages(
                                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':["
                                        + "{'type':'tool_use','id':'t1','name':'f','input':{}}]},"
                                        + "{'role':'user','content':'wait'},{'role':'user','content':["
                                        + "{'type':'tool_result','tool_use_id':'t1','content':'r'}]}]"));

        assertThat(sent.at("/messages/2/role").asText()).isEqualTo("tool");
        assertThat(sent.at("/messages/3/content").asText()).isEqualTo("wait");
    }

    @Test
    void case_37_an_image_of_a_result_follows_in_a_message_of_the_user() {
        JsonNode sent =
                tree(
                        messages(
                                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':["
                                        + "{'type':'tool_use','id':'t1','name':'f','input':{}}]},"
                                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':["
                                        + "{'type':'text','text':'see'},{'type':'image','source':{'type':'url','url':'https://e.com/a.png'}}]}]}]"));

        assertThat(sent.at("/messages/2/content").asText())
                .isEqualTo("see\n[image 1 attached below]");
        assertThat(sent.at("/messages/3/content/0/image_url/url").asText())
                .isEqualTo("https://e.com/a.png");
    }

    @Test
    void case_40_a_name_that_is_too_long_or_dotted_is_restored_in_the_reply() {
        String longName = "n".repeat(64);
        String tools =
                "'tools':[{'type':'function','function':{'name':'A.x'}},{'type':'function','function':{'name':'B1'}},"
                        + "{'type':'function','function':{'name':'B2'}}],'messages':[{'role':'user','content':'a'}]";
        Crossing asked =
                chat(tools.replace("B1", longName + "one4").replace("B2", longName + "two4"));
        JsonNode sent = tree(asked);
        String alias = sent.at("/tools/1/name").asText();

        JsonNode reply =
                FieldRow.tree(
                        asked.reply(
                                ("{'id':'msg_1','type':'message','role':'assistant','model':'m','content':["
                                                + "{'type':'tool_use','id':'t1','name':'"
                                                + alias
                                                + "','input':{}}],'stop_reason':'tool_use',"
                                                + "'usage':{'input_tokens':1,'output_tokens':1}}")
                                        .replace('\'', '"')
                                        .getBytes(UTF_8),
                                false,
                                false));

        assertThat(sent.at("/tools/0/name").asText()).isEqualTo("A_x");
        assertThat(alias).hasSize(64).isNotEqualTo(sent.at("/tools/2/name").asText());
        assertThat(reply.at("/choices/0/message/tool_calls/0/function/name").asText())
                .isEqualTo(longName + "one4");
    }

    @ParameterizedTest
    @CsvSource({"true,2", "false,0"})
    void case_49_usage_is_streamed_last_and_only_when_asked_for(boolean asked, int tail) {
        Crossing crossing =
                chat(
                        "'stream':true,'stream_options':{'include_usage':"
                                + asked
                                + "},'messages':[{'role':'user','content':'a'}]");
        String stream =
                START.replace("USAGE", "{'input_tokens':1,'output_tokens':1}")
                        + end("{'output_tokens':7}");

        String[] frames =
                crossing.reply(stream.replace('\'', '"').getBytes(UTF_8), true, true).split("\n\n");

        assertThat(frames[frames.length - 1]).isEqualTo("data: [DONE]");
        assertThat(frames[frames.length - 2].contains("\"choices\":[]")).isEqualTo(tail > 0);
        assertThat(String.join("", frames).contains("\"usage\"")).isEqualTo(asked);
    }

    private static String ofChat(String stream) {
        Crossing crossing = Crossing.plain(WireFormat.ChatCompletions, WireFormat.Messages);
        return crossing.reply(stream.replace('\'', '"').getBytes(UTF_8), true, true);
    }

    private static final String BEGUN =
            START.replace("USAGE", "{'input_tokens':1,'output_tokens':1}")
                    + "event: content_block_start\ndata: {'type':'content_block_start','index':0,"
                    + "'content_block':{'type':'tool_use','id':'t','name':'f','input':{}}}\n\n"
                    + "event: content_block_delta\ndata: {'type':'content_block_delta','index':0,"
                    + "'delta':{'type':'input_json_delta','partial_json':'{'}}\n\n";

    @Test
    void case_14_an_error_of_anthropics_in_mid_stream_is_an_error_and_no_stop() {
        String reply =
                ofChat(
                        BEGUN
                                + "event: error\ndata: {'type':'error','error':{'type':'overloaded_error',"
                                + "'message':'Overloaded'}}\n\n");

        assertThat(reply)
                .endsWith(
                        "data: {\"error\":{\"type\":\"service_unavailable_error\",\"message\":"
                                + "\"Overloaded\",\"param\":null,\"code\":\"server_is_overloaded\"}}\n\n")
                .doesNotContain("\"finish_reason\":\"", "[DONE]");
    }

    @Test
    void case_15_a_stream_of_anthropics_cut_in_mid_arguments_ends_in_an_error() {
        assertThat(ofChat(BEGUN))
                .contains("data: {\"error\":{")
                .doesNotContain("\"finish_reason\":\"", "[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "event: message_st", "event: message_stop\ndata: {'type'"})
    void case_16_a_stream_of_anthropics_may_break_off_behind_its_reason(String rest) {
        String stream = START.replace("USAGE", "{'input_tokens':1,'output_tokens':1}");

        String reply = ofChat(stream + end("{'output_tokens':7}").replace(STOP, rest));

        assertThat(reply).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void case_45_a_second_start_of_anthropics_is_ignored() {
        String start = START.replace("USAGE", "{'input_tokens':1,'output_tokens':1}");
        String other = start.replace("msg_a1", "msg_other");

        String reply = ofChat(start + other + end("{'output_tokens':7}"));

        assertThat(reply).containsOnlyOnce("\"role\"").doesNotContain("other");
    }
}

package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases of translation.md 6 that concern Responses.
class ResponsesEdgeCasesTest {
    private static final String CREATED =
            "event: response.created\ndata: {'type':'response.created','sequence_number':0,'response':"
                    + "{'id':'resp_a1','object':'response','model':'m','status':'in_progress'}}\n\n";

    private static Crossing asked(WireFormat upstream, String members) {
        return Crossing.of(
                WireFormat.Responses,
                upstream,
                ("{'model':'claude-sonnet-4-5','max_output_tokens':9," + members + "}")
                        .replace('\'', '"'));
    }

    private static JsonNode tree(Crossing crossing) {
        return FieldRow.tree(crossing.body());
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {'type':'" + type + "'," + members + "}\n\n";
    }

    private static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> FieldRow.tree(line.substring("data: ".length())))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void case_13_a_failure_of_the_upstream_is_no_end_of_a_turn(boolean stream) {
        String failed =
                CREATED
                        + event(
                                "response.failed",
                                "'response':{'id':'resp_a1','status':'failed','error':{'code':"
                                        + "'server_error','message':'broke'}}");

        String reply =
                Crossing.plain(WireFormat.Messages, WireFormat.Responses)
                        .reply(bytes(failed), true, stream);

        assertThat(reply).contains("\"type\":\"error\"", "api_error", "broke");
        assertThat(reply).doesNotContain("message_stop", "end_turn");
    }

    @Test
    void case_17_a_call_without_text_has_no_message_item() {
        String called =
                "{'id':'msg_a1','type':'message','role':'assistant','model':'m','content':[{'type':'tool_use',"
                        + "'id':'t1','name':'f','input':{}}],'stop_reason':'tool_use',"
                        + "'usage':{'input_tokens':1,'output_tokens':1}}";
        Crossing responses = Crossing.plain(WireFormat.Responses, WireFormat.Messages);

        assertThat(responses.reply(bytes(called), false, true))
                .doesNotContain("\"type\":\"message\"", "output_text");
        JsonNode output =
                FieldRow.tree(responses.reply(bytes(called), false, false)).path("output");
        assertThat(output).hasSize(1);
        assertThat(output.at("/0/arguments").asText()).isEqualTo("{}");
    }

    @Test
    void case_18_a_delta_without_an_item_opens_the_first_block() {
        String stream =
                CREATED
                        + event("response.output_text.delta", "'delta':'Hi'")
                        + event(
                                "response.completed",
                                "'response':{'id':'resp_a1','status':'completed','output':[]}");

        List<JsonNode> reply =
                events(
                        Crossing.plain(WireFormat.Messages, WireFormat.Responses)
                                .reply(bytes(stream), true, true));

        JsonNode open =
                reply.stream()
                        .filter(e -> e.path("type").asText().equals("content_block_start"))
                        .findFirst()
                        .orElseThrow();
        assertThat(open.path("index").asInt()).isZero();
        assertThat(open.at("/content_block/type").asText()).isEqualTo("text");
    }

    @Test
    void case_19_the_events_come_in_the_order_that_clients_need() {
        String said =
                "{'id':'msg_a1','type':'message','role':'assistant','model':'m','content':[{'type':'text','text':'Hi'}],"
                        + "'stop_reason':'end_turn','usage':{'input_tokens':1,'output_tokens':2}}";

        List<JsonNode> reply =
                events(
                        Crossing.plain(WireFormat.Responses, WireFormat.Messages)
                                .reply(bytes(said), false, true));

        assertThat(reply.stream().map(e -> e.path("type").asText()))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(reply.stream().map(e -> e.path("sequence_number").asInt()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        JsonNode last = reply.getLast().path("response");
        assertThat(last.path("id")).isEqualTo(reply.getFirst().at("/response/id"));
        assertThat(last.at("/output/0/content/0/text").asText()).isEqualTo("Hi");
        assertThat(last.at("/usage/output_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void case_20_an_end_without_output_takes_nothing_back() {
        String stream =
                CREATED
                        + event(
                                "response.output_item.added",
                                "'output_index':0,'item':{'id':'m1','type':'message'}")
                        + event(
                                "response.output_text.delta",
                                "'item_id':'m1','output_index':0,'content_index':0,'delta':'Hi'")
                        + event(
                                "response.completed",
                                "'response':{'id':'resp_a1','status':'completed','output':[]}");

        JsonNode reply =
                FieldRow.tree(
                        Crossing.plain(WireFormat.Messages, WireFormat.Responses)
                                .reply(bytes(stream), true, false));

        assertThat(reply.at("/content/0/text").asText()).isEqualTo("Hi");
    }

    @Test
    void case_21_a_patch_comes_back_as_the_free_text_it_is() {
        Crossing asked =
                asked(
                        WireFormat.Messages,
                        "'input':'go','tools':[{'type':'custom','name':'apply_patch','description':'d',"
                                + "'format':{'type':'grammar','syntax':'lark','definition':'x'}}]");
        String called =
                "{'id':'msg_a1','type':'message','role':'assistant','model':'m','content':[{'type':'tool_use',"
                        + "'id':'t1','name':'apply_patch','input':{'input':'*** Begin\\n+a'}}],"
                        + "'stop_reason':'tool_use','usage':{'input_tokens':1,'output_tokens':1}}";

        JsonNode item = FieldRow.tree(asked.reply(bytes(called), false, false)).at("/output/0");

        assertThat(tree(asked).at("/tools/0/input_schema/required/0").asText()).isEqualTo("input");
        assertThat(item.path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(item.path("name").asText()).isEqualTo("apply_patch");
        assertThat(item.path("input").asText()).isEqualTo("*** Begin\n+a");
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"Messages", "ChatCompletions"})
    void case_22_tools_of_a_namespace_are_found_again_in_every_event(WireFormat upstream) {
        Crossing asked =
                asked(
                        upstream,
                        "'input':'go','tools':[{'type':'namespace','name':'mcp__srv','tools':["
                                + "{'type':'function','name':'one'},{'type':'function','name':'two'}]}]");
        String called =
                upstream == WireFormat.Messages
                        ? "{'id':'msg_a1','type':'message','role':'assistant','model':'m','content':[{'type':'tool_use',"
                                + "'id':'t1','name':'mcp__srv__two','input':{}}],'stop_reason':'tool_use',"
                                + "'usage':{'input_tokens':1,'output_tokens':1}}"
                        : "{'id':'chatcmpl-a1','object':'chat.completion','created':1,'model':'m','choices':[{'index':0,"
                                + "'message':{'role':'assistant','content':null,'tool_calls':[{'id':'t1','type':'function',"
                                + "'function':{'name':'mcp__srv__two','arguments':'{}'}}]},'finish_reason':'tool_calls'}]}";

        String stream = asked.reply(bytes(called), false, true);

        assertThat(asked.body()).contains("mcp__srv__one", "mcp__srv__two");
        assertThat(stream).doesNotContain("mcp__srv__two");
        for (JsonNode each : events(stream)) {
            if (each.has("item")) {
                assertThat(each.at("/item/name").asText()).isEqualTo("two");
                assertThat(each.at("/item/namespace").asText()).isEqualTo("mcp__srv");
            }
        }
        assertThat(events(stream).getLast().at("/response/output/0/namespace").asText())
                .isEqualTo("mcp__srv");
    }

    @Test
    void case_23_parts_of_an_output_are_parts_of_the_result() {
        JsonNode sent =
                tree(
                        asked(
                                WireFormat.Messages,
                                "'input':[{'role':'user','content':'a'},{'type':'function_call','call_id':'c','name':'f',"
                                        + "'arguments':'{}'},{'type':'function_call_output','call_id':'c','output':["
                                        + "{'type':'input_text','text':'t'},{'type':'input_image','image_url':"
                                        + "'https://e.com/a.png'}]}]"));

        assertThat(sent.at("/messages/2/content/0/content"))
                .isEqualTo(
                        FieldRow.json(
                                "[{'type':'text','text':'t'},{'type':'image','source':{'type':'url','url':'https://e.com/a.png'}}]"));
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"Messages", "ChatCompletions"})
    void case_24_hosted_tools_are_mapped_or_left_out_and_never_nameless(WireFormat upstream) {
        Crossing asked =
                asked(
                        upstream,
                        "'input':'go','tools':[{'type':'web_search'},{'type':'image_generation'},"
                                + "{'type':'function','name':'f'}]");

        for (JsonNode tool : tree(asked).path("tools")) {
            JsonNode named = tool.has("function") ? tool.path("function") : tool;
            assertThat(named.path("name").asText()).isNotEmpty();
        }
        assertThat(asked.notes()).anyMatch(note -> note.startsWith("tools[1]="));
        assertThat(asked.body()).doesNotContain("image_generation");
    }

    @Test
    void case_34_reasoning_goes_back_as_it_came_or_not_at_all() {
        String reply =
                "{'id':'resp_a1','object':'response','status':'completed','model':'gpt-5.6','output':["
                        + "{'id':'rs_1','type':'reasoning','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'ENC'},"
                        + "{'id':'rs_2','type':'reasoning','summary':[{'type':'summary_text','text':'bare'}]},"
                        + "{'id':'msg_1','type':'message','role':'assistant','content':[{'type':'output_text','text':'x'}]}]}";
        Crossing first =
                Crossing.of(
                        WireFormat.Messages,
                        WireFormat.Responses,
                        "{'model':'gpt-5.6','max_tokens':99,'messages':[{'role':'user','content':'a'}]}"
                                .replace('\'', '"'));
        JsonNode content = FieldRow.tree(first.reply(bytes(reply), false, false)).path("content");
        String again =
                "{'model':'MODEL','max_tokens':99,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':CONTENT},{'role':'user','content':'b'}]}"
                        .replace('\'', '"')
                        .replace("CONTENT", content.toString());

        JsonNode same =
                tree(
                        Crossing.of(
                                WireFormat.Messages,
                                WireFormat.Responses,
                                again.replace("MODEL", "gpt-5.6")));
        String other =
                Crossing.of(
                                WireFormat.Messages,
                                WireFormat.Responses,
                                again.replace("MODEL", "gpt-5.5"))
                        .body();

        assertThat(same.at("/input/1"))
                .isEqualTo(
                        FieldRow.json(
                                "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'ENC'}"));
        assertThat(same.at("/input/2/role").asText()).isEqualTo("assistant");
        assertThat(other).doesNotContain("ENC", "rs_1", "bare");
    }

    /// A client may spell the text's escapes in another way, and change it.
    @Test
    void case_34_a_summary_of_several_parts_goes_back_in_parts() {
        String reply =
                "{'id':'resp_a1','object':'response','status':'completed','model':'gpt-5.6','output':["
                        + "{'id':'rs_1','type':'reasoning','encrypted_content':'ENC','summary':["
                        + "{'type':'summary_text','text':'**A**\\n\\n\\u00fc\ud83d\ude00'},"
                        + "{'type':'summary_text','text':''},"
                        + "{'type':'summary_text','text':'b\\n\\nc'},{'type':'summary_text','text':'d'}]}]}";
        Crossing first =
                Crossing.of(
                        WireFormat.Messages,
                        WireFormat.Responses,
                        "{'model':'gpt-5.6','max_tokens':99,'messages':[{'role':'user','content':'a'}]}"
                                .replace('\'', '"'));
        JsonNode block = FieldRow.tree(first.reply(bytes(reply), false, false)).at("/content/0");

        String text = block.path("thinking").asText();
        assertThat(text).isEqualTo("**A**\n\n\u00fc\ud83d\ude00\n\nb\n\nc\n\nd");
        assertThat(summary(block, text))
                .containsExactly("**A**\n\n\u00fc\ud83d\ude00", "b\n\nc", "d");
        assertThat(summary(block, "another text")).containsExactly("another text");
        assertThat(summary(block, text.substring(0, 12))).containsExactly(text.substring(0, 12));
    }

    /// What is sent as a summary when a block of thinking comes back with a text.
    private static List<String> summary(JsonNode block, String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        String again =
                "{'model':'gpt-5.6','max_tokens':99,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'thinking','thinking':'TEXT','signature':'SIGNATURE'}]},{'role':'user','content':'b'}]}"
                        .replace('\'', '"')
                        .replace("TEXT", escaped)
                        .replace("SIGNATURE", block.path("signature").asText());
        JsonNode sent = tree(Crossing.of(WireFormat.Messages, WireFormat.Responses, again));
        return sent.at("/input/1/summary").findValuesAsText("text");
    }

    @Test
    void case_47_a_probe_of_one_token_asks_for_the_least_that_is_taken() {
        JsonNode sent =
                tree(
                        Crossing.of(
                                WireFormat.Messages,
                                WireFormat.Responses,
                                "{'model':'gpt-4.1','max_tokens':1,'messages':[{'role':'user','content':'a'}]}"
                                        .replace('\'', '"')));

        assertThat(sent.path("max_output_tokens").asInt()).isEqualTo(16);
    }

    @Test
    void case_52_a_summary_that_only_openai_can_read_is_refused_by_its_name() {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                asked(
                                        WireFormat.Messages,
                                        "'input':[{'role':'user','content':'a'},{'type':'compaction','encrypted_content':'x'}]"));

        assertThat(refusal.error().param()).isEqualTo("input[1]");
    }

    /// The carrier of translation.md 3.5, both ways.
    @Test
    void signed_thoughts_survive_a_client_of_responses() {
        String reply =
                "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':["
                        + "{'type':'thinking','thinking':'one','signature':'S1'},"
                        + "{'type':'redacted_thinking','data':'D'},"
                        + "{'type':'thinking','thinking':'','signature':'S2'},"
                        + "{'type':'text','text':'x'}],'stop_reason':'end_turn',"
                        + "'usage':{'input_tokens':1,'output_tokens':1}}";
        Crossing first = asked(WireFormat.Messages, "'input':'a'");
        JsonNode output = FieldRow.tree(first.reply(bytes(reply), false, false)).path("output");
        String items = output.toString();

        JsonNode sent =
                tree(
                        asked(
                                WireFormat.Messages,
                                "'input':[{'role':'user','content':'a'},"
                                        + items.substring(1, items.length() - 1)
                                        + ",{'role':'user','content':'b'}]"));

        assertThat(sent.at("/messages/1/content"))
                .isEqualTo(
                        FieldRow.json(
                                "[{'type':'thinking','thinking':'one','signature':'S1'},"
                                        + "{'type':'redacted_thinking','data':'D'},"
                                        + "{'type':'thinking','thinking':'','signature':'S2'},"
                                        + "{'type':'text','text':'x'}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shell|{'commands':['ls']}|/action/commands/0|ls",
                "local_shell|{'command':['ls'],'workdir':'/w'}|/action/working_directory|/w",
                "apply_patch|{'operation':{'type':'delete_file','path':'p'}}|/operation/path|p"
            })
    void local_tools_come_back_as_their_own_items(String row) {
        String[] cells = row.split("\\|", -1);
        Crossing asked =
                asked(WireFormat.Messages, "'input':'go','tools':[{'type':'" + cells[0] + "'}]");
        String called =
                "{'id':'msg_a1','type':'message','role':'assistant','model':'m','content':[{'type':'tool_use',"
                        + "'id':'t1','name':'"
                        + cells[0]
                        + "','input':"
                        + cells[1]
                        + "}],'stop_reason':'tool_use','usage':{'input_tokens':1,'output_tokens':1}}";

        JsonNode item = FieldRow.tree(asked.reply(bytes(called), false, false)).at("/output/0");

        assertThat(item.path("type").asText()).isEqualTo(cells[0] + "_call");
        assertThat(item.at(cells[2]).asText()).isEqualTo(cells[3]);
        assertThat(asked.reply(bytes(called), false, true))
                .doesNotContain("function_call", "arguments");
    }
}

package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.Bodies.conversation;
import static dev.llmgateway.runtime.dialect.chat.Bodies.json;
import static dev.llmgateway.runtime.dialect.chat.Bodies.notes;
import static dev.llmgateway.runtime.dialect.chat.Bodies.refusedMessage;
import static dev.llmgateway.runtime.dialect.chat.Bodies.text;
import static dev.llmgateway.runtime.dialect.chat.Bodies.turns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages of translation.md 2.1, by role.
class ChatMessagesTest {
    private static final String HI = "{'role':'user','content':'hi'}";

    @Test
    void leading_instructions_stand_apart_and_later_ones_stay_where_they_are() {
        ChatRequest request =
                conversation(
                        "{'role':'system','content':'one'}",
                        "{'role':'developer','content':[{'type':'text','text':'two'},"
                                + "{'type':'text','text':''},{'type':'text','text':' \\n'},"
                                + "{'type':'text','text':'three'}]}",
                        HI,
                        "{'role':'developer','content':'four'}",
                        "{'role':'system','content':''}");

        assertThat(request.system()).containsExactly(text("one"), text("two"), text("three"));
        assertThat(request.turns())
                .containsExactly(
                        new Turn(Role.User, List.of(text("hi"))),
                        new Turn(Role.System, List.of(text("four"))));
    }

    @Test
    void instructions_behind_an_answer_of_a_tool_do_not_lead() {
        ChatRequest request =
                conversation(
                        "{'role':'tool','tool_call_id':'c','content':'r'}",
                        "{'role':'system','content':'late'}");

        assertThat(request.system()).isEmpty();
        assertThat(request.turns()).extracting(Turn::role).containsExactly(Role.User, Role.System);
    }

    @Test
    void an_assistant_thinks_says_refuses_and_calls_in_this_order() {
        List<Turn> turns =
                turns(
                        """
                        {'tool_calls':[
                          {'id':'c1','type':'function','index':0,
                           'function':{'name':'f','arguments':'{\\"a\\":1}','parsed_arguments':{}}},
                          {'id':'c2','type':'custom','custom':{'name':'g','input':'raw \\n'}},
                          {'id':'c3','function':{'name':'h','arguments':{'b':[2]}}},
                          {'id':'c4','function':{'name':'i','arguments':null}},
                          {'id':'c5','function':{'name':'j'},'cache_control':{'type':'ephemeral'}}],
                         'refusal':'no','content':'yes','reasoning_content':'hm',
                         'role':'assistant','name':'bot','audio':null,'function_call':null,
                         'annotations':[],'id':'x','parsed':{'k':1}}\
                        """);

        assertThat(turns)
                .containsExactly(
                        new Turn(
                                Role.Assistant,
                                List.of(
                                        new Part.Thinking(Slice.of("hm"), Slice.EMPTY),
                                        text("yes"),
                                        new Part.Refusal(Slice.of("no")),
                                        call("c1", "f", quoted("{\\\"a\\\":1}")),
                                        call("c2", "g", new Arguments.Text(Slice.of("raw \\n"))),
                                        call("c3", "h", new Arguments.Value(json("{'b':[2]}"))),
                                        call("c4", "i", quoted("")),
                                        new Part.ToolCall(
                                                "c5", "j", quoted(""), CacheMark.Usual))));
    }

    @Test
    void an_assistants_empty_text_beside_calls_is_no_part() {
        List<Turn> turns =
                turns(
                        "{'role':'assistant','content':'','tool_calls':[{'id':'c','type':'function',"
                                + "'function':{'name':'f','arguments':''}}]}",
                        "{'role':'assistant','content':null,'refusal':null}");

        assertThat(turns)
                .containsExactly(
                        new Turn(Role.Assistant, List.of(call("c", "f", quoted("")))),
                        new Turn(Role.Assistant, List.of()));
    }

    @Test
    void parts_of_an_assistant_may_be_refusals() {
        assertThat(
                        turns(
                                "{'role':'assistant','content':[{'type':'text','text':'a'},"
                                        + "{'type':'refusal','refusal':'b'}]}"))
                .containsExactly(
                        new Turn(
                                Role.Assistant,
                                List.of(text("a"), new Part.Refusal(Slice.of("b")))));
    }

    @Test
    void thoughts_come_back_signed_from_any_extension_and_the_richest_counts() {
        Part signed = new Part.Thinking(Slice.of("t"), Slice.of("s"));
        Part sealed = new Part.RedactedThinking(Slice.of("d"));
        String bare = "'reasoning_content':'t'";
        String details =
                "'reasoning_details':[{'type':'reasoning.text','text':'t','signature':'s','index':0},"
                        + "{'type':'reasoning.encrypted','data':'d','index':1}]";
        String blocks =
                "'thinking_blocks':[{'type':'thinking','thinking':'t','signature':'s'},"
                        + "{'type':'redacted_thinking','data':'d'}]";

        assertThat(thoughts(bare)).containsExactly(new Part.Thinking(Slice.of("t"), Slice.EMPTY));
        assertThat(thoughts("'reasoning':'t'")).isEqualTo(thoughts(bare));
        assertThat(thoughts(details + "," + bare)).containsExactly(signed, sealed);
        assertThat(thoughts(bare + "," + blocks)).containsExactly(signed, sealed);
        assertThat(thoughts("'reasoning_details':null,'reasoning_content':null")).isEmpty();
    }

    @Test
    void another_vendors_seal_is_left_out() {
        assertThat(
                        thoughts(
                                "'reasoning_details':[{'type':'reasoning.summary','summary':'t',"
                                        + "'format':'openai-responses-v1','id':'rs_1','index':0},"
                                        + "{'type':'reasoning.encrypted','data':'d',"
                                        + "'format':'openai-responses-v1'},{'type':'reasoning.text',"
                                        + "'text':'u','signature':'s','format':'anthropic-claude-v1'}]"))
                .containsExactly(
                        new Part.Thinking(Slice.of("t"), Slice.EMPTY),
                        new Part.Thinking(Slice.of("u"), Slice.of("s")));
    }

    @Test
    void answers_of_tools_that_follow_each_other_make_one_turn() {
        List<Turn> turns =
                turns(
                        "{'role':'tool','tool_call_id':'a','content':'1'}",
                        "{'role':'tool','tool_call_id':'b','content':[{'type':'text','text':'2'}],"
                                + "'cache_control':{'type':'ephemeral','ttl':'1h'}}",
                        HI,
                        "{'role':'tool','tool_call_id':'c','content':''}");

        assertThat(turns)
                .containsExactly(
                        new Turn(
                                Role.User,
                                List.of(
                                        result("a", CacheMark.None, text("1")),
                                        result("b", CacheMark.Long, text("2")))),
                        new Turn(Role.User, List.of(text("hi"))),
                        new Turn(Role.User, List.of(result("c", CacheMark.None))));
    }

    @Test
    void calls_of_the_time_before_tools_get_ids_and_the_nearest_open_one_is_answered() {
        List<Turn> turns =
                turns(
                        "{'role':'assistant','content':null,"
                                + "'function_call':{'name':'f','arguments':'{}'}}",
                        "{'role':'assistant','function_call':{'name':'f','arguments':'{}'}}",
                        "{'role':'assistant','function_call':{'name':'g','arguments':'{}'}}",
                        "{'role':'function','name':'f','content':'second'}",
                        "{'role':'function','name':'f','content':'first'}",
                        "{'role':'function','name':'f','content':'orphan'}");

        assertThat(turns.subList(0, 3))
                .extracting(turn -> ((Part.ToolCall) turn.parts().getFirst()).id())
                .containsExactly("call_fn_1", "call_fn_2", "call_fn_3");
        assertThat(turns.get(3).parts())
                .containsExactly(
                        result("call_fn_2", CacheMark.None, text("second")),
                        result("call_fn_1", CacheMark.None, text("first")),
                        result("call_fn_unknown_5", CacheMark.None, text("orphan")));
    }

    @Test
    void a_messages_cache_mark_goes_to_its_last_part_that_can_bear_one() {
        String mark = "'cache_control':{'type':'ephemeral'}";
        ChatRequest request =
                conversation(
                        "{'role':'system','content':'a'," + mark + "}",
                        "{'role':'user','content':[{'type':'text','text':'b'},"
                                + "{'type':'text','text':'c'}],"
                                + mark
                                + "}",
                        "{'role':'assistant','content':'d','refusal':'e'," + mark + "}",
                        "{'role':'user','content':''," + mark + "}");

        assertThat(request.system()).containsExactly(text("a", CacheMark.Usual));
        assertThat(request.turns())
                .containsExactly(
                        new Turn(Role.User, List.of(text("b"), text("c", CacheMark.Usual))),
                        new Turn(
                                Role.Assistant,
                                List.of(
                                        text("d", CacheMark.Usual),
                                        new Part.Refusal(Slice.of("e")))),
                        new Turn(Role.User, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'role':'user','content':'a','mood':1}|messages[0].mood=unknown member",
                "{'role':'assistant','audio':{'id':'a'}}|messages[0].audio=spoken replies are known"
                        + " to their provider only",
                "{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f'},'extra':{}}]}"
                        + "|messages[0].tool_calls[0].extra=unknown member",
                "{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f','x':1}}]}"
                        + "|messages[0].tool_calls[0].function.x=unknown member",
                "{'role':'assistant','reasoning_details':[{'type':'other'}]}"
                        + "|messages[0].reasoning_details[0]=unknown kind of reasoning",
                "{'role':'user','content':[{'type':'text','text':'a','b;\\nc':1}]}"
                        + "|messages[0].content[0].b??c=unknown member",
            })
    void what_has_no_place_is_named(String message, String note) {
        assertThat(notes("{'messages':[" + message + "]}")).containsExactly(note);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mood':null",
                "'audio':null",
                "'refusal':null,'function_call':null,'tool_calls':null",
                "'name':'n','id':'i','type':'message','annotations':[{}],'index':0"
            })
    void what_says_nothing_is_not_named(String members) {
        assertThat(notes("{'messages':[{'role':'assistant','content':'a'," + members + "}]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7|messages[0]",
                "{'content':'a'}|messages[0].role",
                "{'role':'robot','content':'a'}|messages[0].role",
                "{'role':'user','content':{}}|messages[0].content",
                "{'role':'user','content':7}|messages[0].content",
                "{'role':'user','content':['a']}|messages[0].content[0]",
                "{'role':'user','content':[{'text':'a'}]}|messages[0].content[0].type",
                "{'role':'user','content':[{'type':'text'}]}|messages[0].content[0].text",
                "{'role':'user','content':[{'type':'text','text':7}]}|messages[0].content[0].text",
                "{'role':'user','content':[{'type':'refusal','refusal':'a'}]}|messages[0].content",
                "{'role':'user','tool_calls':[{'id':'a','function':{'name':'f'}}]}|messages[0]",
                "{'role':'system','content':[{'type':'image_url','image_url':'https://a'}]}"
                        + "|messages[0].content",
                "{'role':'assistant','content':[{'type':'image_url','image_url':'https://a'}]}"
                        + "|messages[0].content",
                "{'role':'tool','content':'a'}|messages[0].tool_call_id",
                "{'role':'function','content':'a'}|messages[0].name",
                "{'role':'assistant','tool_calls':{}}|messages[0].tool_calls",
                "{'role':'assistant','tool_calls':[7]}|messages[0].tool_calls[0]",
                "{'role':'assistant','tool_calls':[{'function':{'name':'f'}}]}"
                        + "|messages[0].tool_calls[0].id",
                "{'role':'assistant','tool_calls':[{'id':'a','function':{}}]}"
                        + "|messages[0].tool_calls[0]",
                "{'role':'assistant','function_call':{}}|messages[0].function_call",
                "{'role':'assistant','reasoning_details':'a'}|messages[0].reasoning_details",
            })
    void what_makes_no_sense_in_its_own_format_is_refused(String message, String field) {
        assertThat(refusedMessage(message)).isEqualTo(field);
    }

    private static List<Part> thoughts(String members) {
        return turns("{'role':'assistant','content':null," + members + "}").getFirst().parts();
    }

    private static Part call(String id, String name, Arguments arguments) {
        return new Part.ToolCall(id, name, arguments, CacheMark.None);
    }

    private static Arguments quoted(String escaped) {
        return new Arguments.Quoted(Slice.of(escaped));
    }

    private static Part result(String id, CacheMark mark, Part... content) {
        return new Part.ToolResult(id, List.of(content), false, mark);
    }
}

package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.Bodies.HELLO;
import static dev.llmgateway.runtime.dialect.chat.Bodies.json;
import static dev.llmgateway.runtime.dialect.chat.Bodies.notes;
import static dev.llmgateway.runtime.dialect.chat.Bodies.refused;
import static dev.llmgateway.runtime.dialect.chat.Bodies.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tools and their choice (translation.md 2.1, 2.7, 7).
class ChatToolsTest {
    private static final Slice NOTHING = Slice.EMPTY;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'function','function':{'name':'f','description':'d\\n',"
                        + "'parameters':{'type':'object'},'strict':true}}",
                "{'function':{'strict':true,'parameters':{'type':'object'},'description':'d\\n',"
                        + "'name':'f'}}",
                "{'type':'function','name':'f','description':'d\\n',"
                        + "'parameters':{'type':'object'},'strict':true}",
                "{'name':'f','description':'d\\n','input_schema':{'type':'object'},'strict':true}",
                "{'type':'custom','name':'f','description':'d\\n',"
                        + "'input_schema':{'type':'object'},'strict':true,'defer_loading':true}",
            })
    void functions_come_nested_and_flat(String tool) {
        assertThat(tools(tool))
                .containsExactly(
                        new Tool.Function(
                                "f",
                                Slice.of("d\\n"),
                                json("{'type':'object'}"),
                                true,
                                NOTHING,
                                CacheMark.None));
    }

    @Test
    void a_function_may_take_nothing_and_bear_marks_and_examples() {
        assertThat(
                        tools(
                                "{'type':'function','function':{'name':'f','parameters':null,"
                                        + "'strict':null,'description':null}},"
                                        + "{'name':'g','input_examples':[{'a':1}],"
                                        + "'cache_control':{'type':'ephemeral'}},"
                                        + "{'type':'function','function':{'name':'h',"
                                        + "'cache_control':{'type':'ephemeral','ttl':'1h'}}}"))
                .containsExactly(
                        function("f", NOTHING, CacheMark.None),
                        function("g", json("[{'a':1}]"), CacheMark.Usual),
                        function("h", NOTHING, CacheMark.Long));
    }

    @Test
    void custom_tools_may_have_a_grammar() {
        String grammar =
                "{'type':'grammar','grammar':{'syntax':'lark','definition':'start: WORD'}}";

        assertThat(
                        tools(
                                "{'type':'custom','custom':{'name':'c','description':'d','format':"
                                        + grammar
                                        + "}},{'type':'custom','custom':{'name':'t',"
                                        + "'format':{'type':'text'}}},"
                                        + "{'type':'custom','name':'u'}"))
                .containsExactly(
                        new Tool.Custom("c", Slice.of("d"), json(grammar)),
                        new Tool.Custom("t", NOTHING, NOTHING),
                        new Tool.Custom("u", NOTHING, NOTHING));
    }

    @Test
    void functions_of_the_time_before_tools_are_tools() {
        ChatRequest request =
                with(
                        "'functions':[{'name':'f','description':null,'parameters':null}],"
                                + "'function_call':{'name':'f'}");

        assertThat(request.tools()).containsExactly(function("f", NOTHING, CacheMark.None));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(with("'function_call':'none'").toolChoice()).isEqualTo(new ToolChoice.None());
        assertThat(with("'function_call':'none','tool_choice':'auto'").toolChoice())
                .isEqualTo(new ToolChoice.Auto());
    }

    @Test
    void searching_is_a_tool_whose_place_is_flat() {
        Slice place = json("{'type':'approximate','city':'Bern','country':'CH'}");

        assertThat(
                        with("'web_search_options':{'search_context_size':'low','user_location':"
                                        + "{'type':'approximate','approximate':{'city':'Bern',"
                                        + "'country':'CH','region':null}}}")
                                .tools())
                .containsExactly(
                        new Tool.WebSearch("web_search", NOTHING, NOTHING, place, NOTHING));
        assertThat(with("'web_search_options':{}").tools())
                .containsExactly(
                        new Tool.WebSearch("web_search", NOTHING, NOTHING, NOTHING, NOTHING));
        assertThat(
                        tools(
                                "{'type':'web_search_20250305','name':'web_search','max_uses':3,"
                                        + "'allowed_domains':['a'],'blocked_domains':null,"
                                        + "'user_location':{'type':'approximate','city':'Bern',"
                                        + "'country':'CH'}}"))
                .containsExactly(
                        new Tool.WebSearch(
                                "web_search", json("['a']"), NOTHING, place, Slice.of("3")));
    }

    @Test
    void typed_tools_of_others_stay_whole() {
        String bash = "{'type':'bash_20250124', 'name':'bash','x':1}";

        assertThat(tools(bash))
                .containsExactly(new Tool.Typed("bash_20250124", "bash", json(bash)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'auto'|Auto[]",
                "'none'|None[]",
                "'required'|Any[]",
                "'any'|Any[]",
                "null|Unsaid[]",
                "{'type':'function','function':{'name':'f'}}|Named[name=f]",
                "{'function':{'name':'f'},'type':'function'}|Named[name=f]",
                "{'type':'function','name':'f'}|Named[name=f]",
                "{'type':'custom','custom':{'name':'c'}}|Named[name=c]",
                "{'type':'tool','name':'t'}|Named[name=t]",
                "{'type':'auto'}|Auto[]",
                "{'type':'any'}|Any[]",
                "{'type':'none'}|None[]",
                "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':"
                        + "[{'type':'function','function':{'name':'f'}},"
                        + "{'type':'custom','custom':{'name':'c'}}]}}"
                        + "|Allowed[names=[f, c], required=true]",
                "{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]}"
                        + "|Allowed[names=[f], required=false]",
            })
    void choices_come_in_every_form(String choice, String read) {
        assertThat(with("'tool_choice':" + choice).toolChoice()).hasToString(read);
    }

    @Test
    void one_call_at_a_time_is_asked_for_in_two_ways() {
        assertThat(with("'parallel_tool_calls':false").parallelToolCalls()).isFalse();
        assertThat(with("'parallel_tool_calls':true").parallelToolCalls()).isTrue();
        assertThat(
                        with("'tool_choice':{'type':'auto','disable_parallel_tool_use':true}")
                                .parallelToolCalls())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tools':[{'type':'function','function':{'name':'f'},'x':1}]|tools[0].x",
                "'tools':[{'function':{'name':'f','x':1}}]|tools[0].function.x",
                "'tools':[{'type':'custom','custom':{'name':'f','x':1}}]|tools[0].custom.x",
                "'functions':[{'name':'f','x':1}]|functions[0].x",
                "'tool_choice':{'type':'auto','x':1}|tool_choice.x",
                "'web_search_options':{'x':1}|web_search_options.x",
            })
    void unknown_members_are_named(String members, String field) {
        assertThat(notes("{" + HELLO + "," + members + "}"))
                .containsExactly(field + "=unknown member");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tools':{}|tools",
                "'tools':[7]|tools[0]",
                "'tools':[{}]|tools[0]",
                "'tools':[{'type':'function'}]|tools[0]",
                "'tools':[{'type':'function','function':{}}]|tools[0]",
                "'tools':[{'function':{'name':'f','parameters':[]}}]|tools[0].function.parameters",
                "'tools':[{'type':'custom','custom':{}}]|tools[0]",
                "'functions':[{}]|functions[0]",
                "'tool_choice':'maybe'|tool_choice",
                "'tool_choice':7|tool_choice",
                "'tool_choice':{'type':'function'}|tool_choice",
                "'tool_choice':{'type':'code_interpreter'}|tool_choice.type",
                "'tool_choice':{'type':'allowed_tools'}|tool_choice.allowed_tools",
                "'tool_choice':{'type':'allowed_tools','tools':[{}]}|tool_choice.tools[0]",
                "'tool_choice':{'type':'allowed_tools','mode':'x','tools':[{'name':'f'}]}"
                        + "|tool_choice.mode",
                "'web_search_options':7|web_search_options",
            })
    void what_makes_no_sense_in_its_own_format_is_refused(String members, String field) {
        assertThat(refused("{" + HELLO + "," + members + "}")).startsWith(field + ": ");
    }

    private static List<Tool> tools(String tools) {
        return with("'tools':[" + tools + "]").tools();
    }

    private static Tool function(String name, Slice examples, CacheMark mark) {
        return new Tool.Function(name, NOTHING, NOTHING, false, examples, mark);
    }
}

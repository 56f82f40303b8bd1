package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.HubRequest.messages;
import static dev.llmgateway.runtime.dialect.chat.Upstream.compatible;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsWriterTest {
    private static final String OPEN =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";
    private static final String CLOSED =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},"
                    + "\"required\":[\"a\"],\"additionalProperties\":false}";
    private static final Upstream.Flags SEARCH =
            new Upstream.Flags(false, true, false, false, true, false, false, false);
    private static final String F =
            "{'type':'function','function':{'name':'f','parameters':" + OPEN + "}}";

    @Test
    void functions_carry_schema_and_description_with_examples() {
        Tool full =
                new Tool.Function(
                        "f",
                        Slice.of("does \\\"f\\\""),
                        Slice.of(OPEN),
                        false,
                        Slice.of("[{\"a\": \"x\"}, {\"a\":\"y\"}]"),
                        CacheMark.Usual);
        Tool bare =
                new Tool.Function(
                        "g", Slice.EMPTY, Slice.EMPTY, false, Slice.EMPTY, CacheMark.None);

        Written written = Written.to(compatible(), messages().tools(full, bare)).losesNothing();

        JsonNode tools = Written.tree(written.body()).path("tools");
        assertThat(tools.path(0).path("function").path("description").asText())
                .isEqualTo("does \"f\"\n\nExamples:\n{\"a\":\"x\"}\n{\"a\":\"y\"}");
        assertThat(tools.path(0).path("function").path("parameters")).isEqualTo(Written.tree(OPEN));
        assertThat(tools.path(1))
                .isEqualTo(
                        Written.tree(
                                """
                                {"type":"function","function":{"name":"g",
                                 "parameters":{"type":"object","properties":{}}}}\
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{\"type\":\"object\",\"properties\":{}}",
                "{\"anyOf\":[{}]}|{\"type\":\"object\",\"anyOf\":[{}]}",
                "{\"a\":{},\"type\":\"object\"}|{\"properties\":{},\"a\":{},\"type\":\"object\"}"
            })
    void the_root_of_a_schema_says_that_it_is_an_object(String schema, String written) {
        Tool tool =
                new Tool.Function(
                        "f", Slice.EMPTY, Slice.of(schema), false, Slice.EMPTY, CacheMark.None);

        assertThat(Written.to(compatible(), messages().tools(tool)).losesNothing().body())
                .contains("\"parameters\":" + written + "}");
    }

    @Test
    void strict_is_said_only_of_schemas_that_openai_takes_so() {
        Written written =
                Written.to(compatible(), messages().tools(strict(OPEN), strict(CLOSED)))
                        .losesNothing();
        JsonNode tools = Written.tree(written.body()).path("tools");

        assertThat(tools.path(0).path("function").has("strict")).isFalse();
        assertThat(tools.path(1).path("function").path("strict").asBoolean()).isTrue();

        HubRequest own = HubRequest.from(WireFormat.Responses).tools(strict(OPEN));
        assertThat(Written.to(compatible(), own).body()).contains("\"strict\":true");
    }

    @Test
    void custom_tools_stay_custom_at_openai() {
        Tool custom =
                new Tool.Custom(
                        "p",
                        Slice.of("d"),
                        Slice.of(
                                "{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"x\"}"));

        Written.to(
                        compatible().at("OpenAI"),
                        HubRequest.from(WireFormat.Responses)
                                .tools(custom)
                                .choice(new ToolChoice.Named("p")))
                .hasOnly(
                        """
                        {'tools':[{'type':'custom','custom':{'name':'p','description':'d',
                          'format':{'type':'grammar','grammar':{'syntax':'lark','definition':'x'}}}}],
                         'tool_choice':{'type':'custom','custom':{'name':'p'}}}
                        """);
    }

    @Test
    void custom_tools_are_functions_of_one_text_elsewhere() {
        Written.to(
                        compatible(),
                        HubRequest.from(WireFormat.Responses)
                                .tools(new Tool.Custom("p", Slice.of("d"), Slice.EMPTY))
                                .choice(new ToolChoice.Named("p")))
                .hasOnly(
                        """
                        {'tools':[{'type':'function','function':{'name':'p','description':'d',
                          'parameters':{'type':'object','properties':{'input':{'type':'string',
                            'description':'Raw input, not JSON.'}},
                           'required':['input'],'additionalProperties':false}}}],
                         'tool_choice':{'type':'function','function':{'name':'p'}}}
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "bash_20250124, bash, command restart",
        "text_editor_20250728, str_replace_based_edit_tool, insert_text view_range",
        "text_editor_20250124, str_replace_editor, undo_edit new_str",
        "memory_20250818, memory, old_path new_path"
    })
    void tools_that_anthropics_models_know_by_heart_become_functions(
            String type, String name, String words) {
        Written written =
                Written.to(compatible(), messages().tools(typed(type, name))).losesNothing();

        JsonNode function = Written.tree(written.body()).path("tools").path(0).path("function");
        assertThat(function.path("name").asText()).isEqualTo(name);
        assertThat(function.path("description").asText()).isNotEmpty();
        assertThat(function.path("parameters").path("type").asText()).isEqualTo("object");
        assertThat(function.path("parameters").toString()).contains(words.split(" ", -1));
        assertThat(function.toString()).doesNotContain("  ").doesNotContain("\\n");
    }

    @Test
    void tools_no_other_upstream_has_are_named_or_refused_when_demanded() {
        Tool computer = typed("computer_20250124", "computer");

        Written.to(compatible(), messages().tools(computer, function()))
                .hasOnly("{'tools':[" + F + "]}")
                .loses("tools[0]");
        Written.to(compatible(), messages().tools(computer).choice(new ToolChoice.Auto()))
                .hasOnly("{}")
                .loses("tools[0]");
        assertThat(
                        Written.refused(
                                compatible(),
                                messages()
                                        .tools(computer, function())
                                        .choice(new ToolChoice.Named("computer"))))
                .isEqualTo("tool_choice");
        assertThat(
                        Written.refused(
                                compatible(),
                                messages().tools(computer).choice(new ToolChoice.Any())))
                .isEqualTo("tool_choice");
    }

    @Test
    void web_search_is_an_option_of_models_that_search() {
        Tool search =
                new Tool.WebSearch(
                        "web_search",
                        Slice.of("[\"a.com\"]"),
                        Slice.EMPTY,
                        Slice.of("{\"type\":\"approximate\",\"city\":\"Bonn\",\"country\":\"DE\"}"),
                        Slice.of("3"));

        Written.to(
                        compatible().with(SEARCH),
                        messages().tools(search).choice(new ToolChoice.Named("web_search")))
                .hasOnly(
                        """
                        {'web_search_options':{'user_location':{'type':'approximate',
                          'approximate':{'city':'Bonn','country':'DE'}}}}
                        """)
                .loses("tools[0].allowed_domains", "tools[0].max_uses");
        Slice nothing = Slice.of("null");
        Tool bare = new Tool.WebSearch("web_search", nothing, nothing, nothing, nothing);
        Written.to(compatible().with(SEARCH), messages().tools(bare))
                .hasOnly("{'web_search_options':{}}")
                .losesNothing();
        Written.to(compatible(), messages().tools(search, function()))
                .hasOnly("{'tools':[" + F + "]}")
                .loses("tools[0]");
        assertThat(
                        Written.refused(
                                compatible(),
                                messages()
                                        .tools(search, function())
                                        .choice(new ToolChoice.Named("web_search"))))
                .isEqualTo("tool_choice");
    }

    @Test
    void each_choice_has_its_word() {
        chooses(new ToolChoice.Unsaid(), "null");
        chooses(new ToolChoice.Auto(), "'auto'");
        chooses(new ToolChoice.None(), "'none'");
        chooses(new ToolChoice.Any(), "'required'");
        chooses(new ToolChoice.Named("f"), "{'type':'function','function':{'name':'f'}}");
        chooses(
                new ToolChoice.Allowed(List.of("f"), true),
                """
                {'type':'allowed_tools','allowed_tools':{'mode':'required',
                 'tools':[{'type':'function','function':{'name':'f'}}]}}
                """);
    }

    private static void chooses(ToolChoice choice, String json) {
        Written written =
                Written.to(compatible(), messages().tools(function()).choice(choice))
                        .losesNothing();
        if (json.equals("null")) {
            written.lacks("tool_choice");
        } else {
            written.has("tool_choice", json);
        }
    }

    @Test
    void one_call_a_turn_is_said_only_with_tools() {
        Written.to(compatible(), messages().tools(function()).oneCallATurn())
                .hasOnly("{'tools':[" + F + "],'parallel_tool_calls':false}");
        Written.to(compatible(), messages().oneCallATurn().choice(new ToolChoice.Auto()))
                .hasOnly("{}")
                .losesNothing();
        Written.to(
                        compatible(),
                        messages().tools(typed("computer_20250124", "computer")).oneCallATurn())
                .hasOnly("{}")
                .loses("tools[0]");
        Written.to(compatible(), messages().choice(new ToolChoice.Any()))
                .hasOnly("{}")
                .loses("tool_choice");
    }

    private static Tool function() {
        return new Tool.Function(
                "f", Slice.EMPTY, Slice.of(OPEN), false, Slice.EMPTY, CacheMark.None);
    }

    private static Tool strict(String schema) {
        return new Tool.Function(
                "f", Slice.EMPTY, Slice.of(schema), true, Slice.EMPTY, CacheMark.None);
    }

    private static Tool typed(String type, String name) {
        return new Tool.Typed(type, name, Slice.of("{}"));
    }
}

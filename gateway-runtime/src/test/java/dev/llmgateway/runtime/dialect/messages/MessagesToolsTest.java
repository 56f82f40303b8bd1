package dev.llmgateway.runtime.dialect.messages;

import static dev.llmgateway.runtime.dialect.messages.HubRequest.call;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.function;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.hi;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.image;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.result;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.messages.HubRequest.Written;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows of translation.md 2.1 and 2.7 about tools, their calls and their results.
class MessagesToolsTest {
    private static final String OBJECT = "{\"type\":\"object\",\"properties\":{}}";
    private static final String CLOSED =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},"
                    + "\"required\":[\"a\"],\"additionalProperties\":false}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|{}|",
                "' \\n'|{}|",
                "{\\\"a\\\":1}|{\"a\":1}|",
                "' {\\\"b\\\": {\\\"c\\\":\\\"\\\\\\\"\\\"} } '|{\"b\":{\"c\":\"\\\"\"}}|",
                "[1]|{\"value\":[1]}|messages[1].tool_calls=no object, sent as value",
                "null|{\"value\":null}|messages[1].tool_calls=no object, sent as value",
                "{\\\"a\\\":|{\"_raw\":\"{\\\"a\\\":\"}|messages[1].tool_calls=no JSON, sent as _raw",
                "{} x|{\"_raw\":\"{} x\"}|messages[1].tool_calls=no JSON, sent as _raw"
            })
    void arguments_become_an_object(String escaped, String input, @Nullable String note) {
        Written written = hi().assistant(call("f", escaped)).user(result(text("1"))).written();

        assertThat(written.json().at("/messages/1/content/0").toString())
                .isEqualTo(
                        "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":"
                                + input
                                + "}");
        assertThat(written.notes()).isEqualTo(note == null ? List.of() : List.of(note));
    }

    @Test
    void arguments_that_are_json_already_are_carried_with_the_calls_mark() {
        Part value =
                new Part.ToolCall(
                        "c", "f", new Arguments.Value(Slice.of("{\"a\":[1]}")), CacheMark.Usual);
        Written written = hi().assistant(value).user(result()).written();

        assertThat(written.json().at("/messages/1/content/0").toString())
                .isEqualTo(
                        "{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{\"a\":[1]},"
                                + "\"cache_control\":{\"type\":\"ephemeral\"}}");
    }

    @Test
    void a_call_of_a_custom_tool_holds_its_text() {
        Part custom =
                new Part.ToolCall(
                        "c", "patch", new Arguments.Text(Slice.of("*** a\\n")), CacheMark.None);
        Written written = hi().assistant(custom).user(result()).written();

        assertThat(written.json().at("/messages/1/content/0/input").toString())
                .isEqualTo("{\"input\":\"*** a\\n\"}");
    }

    @Test
    void a_result_is_a_string_or_blocks_or_nothing() {
        Part marked =
                new Part.ToolResult(
                        "call_1", List.of(HubRequest.marked("m")), true, CacheMark.Long);
        Part png = image(new Media.Base64("image/png", Slice.of("QQ==")));
        Written written =
                hi().assistant(call("f", ""))
                        .user(
                                result(text("1")),
                                result(text("1"), text(" "), png),
                                result(),
                                result(text("")),
                                marked)
                        .written();

        String id = "{\"type\":\"tool_result\",\"tool_use_id\":\"call_1\"";
        assertThat(written.json().at("/messages/2/content").toString())
                .isEqualTo(
                        "["
                                + id
                                + ",\"content\":\"1\"},"
                                + id
                                + ",\"content\":[{\"type\":\"text\",\"text\":\"1\"},"
                                + "{\"type\":\"image\",\"source\":{\"type\":\"base64\","
                                + "\"media_type\":\"image/png\",\"data\":\"QQ==\"}}]},"
                                + id
                                + "},"
                                + id
                                + "},"
                                + id
                                + ",\"content\":[{\"type\":\"text\",\"text\":\"m\","
                                + "\"cache_control\":{\"type\":\"ephemeral\"}}],\"is_error\":true,"
                                + "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]");
    }

    @Test
    void what_a_result_cannot_hold_is_refused_where_the_client_put_it() {
        Part bmp = image(new Media.Base64("image/bmp", Slice.of("QQ==")));

        assertThat(
                        hi().system(text("s"))
                                .assistant(call("f", ""))
                                .user(result(text("1")), result(bmp), text("x"))
                                .refused())
                .isEqualTo("messages[4].content.image_url");
        assertThat(
                        hi().assistant(call("f", ""))
                                .user(result(text("1")), result(text("2")), text("x"), bmp)
                                .refused())
                .isEqualTo("messages[4].content[1].image_url");
        assertThat(
                        hi().assistant(call("f", ""))
                                .user(result(text("1")), result(text("2")))
                                .user(bmp)
                                .refused())
                .isEqualTo("messages[4].content[0].image_url");
    }

    static Stream<ArgumentSet> roots() {
        return Stream.of(
                set("no schema", "", OBJECT),
                set("null", "null", OBJECT),
                set("an object", OBJECT, OBJECT),
                set(
                        "no type",
                        "{\"properties\":{\"a\":{}}}",
                        "{\"type\":\"object\",\"properties\":{\"a\":{}}}"),
                set("a type with escapes", "{\"ty\\u0070e\":\"object\"}", "{\"type\":\"object\"}"),
                set("a null type", "{\"type\":null,\"x\":1}", "{\"type\":\"object\",\"x\":1}"),
                set(
                        "a choice",
                        "{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{}}}",
                        "{\"type\":\"object\",\"properties\":{\"value\":"
                                + "{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}},\"required\":[\"value\"],"
                                + "\"additionalProperties\":false,\"$defs\":{\"a\":{}}}"),
                set(
                        "another type",
                        "{\"type\":\"string\"}",
                        "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"string\"}},"
                                + "\"required\":[\"value\"],\"additionalProperties\":false}"));
    }

    private static ArgumentSet set(String name, String schema, String written) {
        return org.junit.jupiter.params.provider.Arguments.argumentSet(name, schema, written);
    }

    @ParameterizedTest
    @MethodSource("roots")
    void a_schemas_root_is_a_plain_object(String schema, String expected) {
        Written written = hi().tool(function("f", schema, false)).written();

        assertThat(written.member("tools"))
                .isEqualTo("[{\"name\":\"f\",\"input_schema\":" + expected + "}]");
        assertThat(written.member("tool_choice")).isEqualTo("absent");
    }

    @Test
    void a_function_keeps_its_description_examples_and_mark() {
        Tool tool =
                new Tool.Function(
                        "f",
                        Slice.of("says \\\"a\\\""),
                        Slice.of(OBJECT),
                        false,
                        Slice.of("[{\"a\":1}]"),
                        CacheMark.Usual);

        assertThat(hi().tool(tool).written().member("tools"))
                .isEqualTo(
                        "[{\"name\":\"f\",\"description\":\"says \\\"a\\\"\",\"input_schema\":"
                                + OBJECT
                                + ",\"input_examples\":[{\"a\":1}],"
                                + "\"cache_control\":{\"type\":\"ephemeral\"}}]");
    }

    @Test
    void strict_is_forwarded_only_when_nothing_of_the_schema_is_lost() {
        String lossy = CLOSED.replace("\"string\"", "\"string\",\"pattern\":\"x\"");

        Written written =
                hi().tool(function("f", CLOSED, true)).tool(function("g", lossy, true)).written();

        assertThat(written.member("tools"))
                .isEqualTo(
                        "[{\"name\":\"f\",\"input_schema\":"
                                + CLOSED
                                + ",\"strict\":true},{\"name\":\"g\",\"input_schema\":"
                                + lossy
                                + "}]");
        assertThat(written.notes()).isEmpty();
        assertThat(
                        hi().tool(function("f", CLOSED, true))
                                .withoutStructuredOutputs()
                                .written()
                                .member("tools"))
                .doesNotContain("strict");
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "21, 0"})
    void more_than_twenty_strict_tools_are_none(int tools, int strict) {
        HubRequest request = hi();
        for (int i = 0; i < tools; i++) {
            request.tool(function("f" + i, CLOSED, true));
        }

        assertThat(request.written().json().path("tools").findValues("strict")).hasSize(strict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|Raw input, not JSON.",
                "{\"type\":\"text\"}|Raw input, not JSON.",
                "{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"a: \\\"b\\\"\"}"
                        + "|Raw input, not JSON. Grammar (lark): a: \\\"b\\\"",
                "{\"type\":\"grammar\",\"grammar\":{\"syntax\":\"regex\",\"definition\":\"a+\"}}"
                        + "|Raw input, not JSON. Grammar (regex): a+"
            })
    void a_custom_tool_is_a_function_with_one_text(String format, String description) {
        Tool tool = new Tool.Custom("patch", Slice.of("d"), Slice.of(format));

        assertThat(hi().tool(tool).written().member("tools"))
                .isEqualTo(
                        "[{\"name\":\"patch\",\"description\":\"d\",\"input_schema\":"
                                + "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\","
                                + "\"description\":\""
                                + description
                                + "\"}},\"required\":[\"input\"],\"additionalProperties\":false}}]");
    }

    @Test
    void a_web_search_is_anthropics_own() {
        Tool search =
                new Tool.WebSearch(
                        "web_search_preview",
                        Slice.of("[\"a.com\"]"),
                        Slice.EMPTY,
                        Slice.of("{\"type\":\"approximate\",\"city\":\"Bonn\"}"),
                        Slice.of("3"));
        Written written =
                hi().tool(search).choice(new ToolChoice.Named("web_search_preview")).written();

        assertThat(written.member("tools"))
                .isEqualTo(
                        "[{\"type\":\"web_search_20250305\",\"name\":\"web_search\","
                                + "\"allowed_domains\":[\"a.com\"],\"user_location\":"
                                + "{\"type\":\"approximate\",\"city\":\"Bonn\"},\"max_uses\":3}]");
        assertThat(written.member("tool_choice"))
                .isEqualTo("{\"type\":\"tool\",\"name\":\"web_search\"}");
    }

    @Test
    void typed_tools_are_carried_when_they_are_anthropics_and_named_else() {
        String bash = "{\"type\":\"bash_20250124\",\"name\":\"bash\"}";
        Written written =
                hi().tool(new Tool.Typed("bash_20250124", "bash", Slice.of(bash)))
                        .tool(new Tool.Typed("mcp", "m", Slice.of("{}")))
                        .written();

        assertThat(written.member("tools")).isEqualTo("[" + bash + "]");
        assertThat(written.notes()).containsExactly("tools[1]=a tool of an unknown type");
    }

    static Stream<ArgumentSet> choices() {
        return Stream.of(
                choice("unsaid", new ToolChoice.Unsaid(), "absent", one("auto")),
                choice("auto", new ToolChoice.Auto(), "{\"type\":\"auto\"}", one("auto")),
                choice("none", new ToolChoice.None(), "{\"type\":\"none\"}", "{\"type\":\"none\"}"),
                choice("any", new ToolChoice.Any(), "{\"type\":\"any\"}", one("any")),
                choice(
                        "named",
                        new ToolChoice.Named("f"),
                        "{\"type\":\"tool\",\"name\":\"f\"}",
                        "{\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":true}"),
                choice(
                        "allowed",
                        new ToolChoice.Allowed(List.of("f"), false),
                        "{\"type\":\"auto\"}",
                        one("auto")),
                choice(
                        "allowed and required",
                        new ToolChoice.Allowed(List.of("f"), true),
                        "{\"type\":\"any\"}",
                        one("any")));
    }

    private static String one(String type) {
        return "{\"type\":\"" + type + "\",\"disable_parallel_tool_use\":true}";
    }

    private static ArgumentSet choice(String name, ToolChoice choice, String many, String one) {
        return org.junit.jupiter.params.provider.Arguments.argumentSet(name, choice, many, one);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_choice_is_mapped_with_and_without_parallel_calls(
            ToolChoice choice, String many, String one) {
        HubRequest request = hi().tool(function("f", OBJECT, false)).choice(choice);

        assertThat(request.written().member("tool_choice")).isEqualTo(many);
        assertThat(request.oneCall().written().member("tool_choice")).isEqualTo(one);
    }

    @Test
    void only_allowed_tools_are_offered() {
        HubRequest request =
                hi().tool(function("f", OBJECT, false)).tool(function("g", OBJECT, false));

        assertThat(
                        request.choice(new ToolChoice.Allowed(List.of("g"), true))
                                .written()
                                .json()
                                .path("tools")
                                .findValuesAsText("name"))
                .containsExactly("g");
        Written nothing = request.choice(new ToolChoice.Allowed(List.of(), true)).written();
        assertThat(nothing.member("tools")).isEqualTo("absent");
        assertThat(nothing.member("tool_choice")).isEqualTo("absent");
        assertThat(nothing.notes()).containsExactly("tool_choice=no tool is left to choose");
    }

    @Test
    void without_tools_there_is_no_choice() {
        Written written = hi().oneCall().choice(new ToolChoice.Auto()).written();

        assertThat(written.member("tool_choice")).isEqualTo("absent");
        assertThat(written.notes()).isEmpty();
    }
}

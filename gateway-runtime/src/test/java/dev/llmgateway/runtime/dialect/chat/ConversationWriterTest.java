package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.HubRequest.messages;
import static dev.llmgateway.runtime.dialect.chat.HubRequest.text;
import static dev.llmgateway.runtime.dialect.chat.Upstream.compatible;
import static dev.llmgateway.runtime.dialect.chat.Upstream.openAi;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationWriterTest {
    private static final String BILLING = "x-anthropic-billing-header: cc_version=2.1; cch=";

    @Test
    void system_blocks_become_one_message_of_the_role_the_model_knows() {
        HubRequest request = messages().system(text("a"), text("b\\n")).user(text("hi"));

        Written.to(compatible(), request)
                .lacks("prompt_cache_options")
                .has(
                        "messages",
                        "[{'role':'system','content':'a\\n\\nb\\n'},{'role':'user','content':'hi'}]")
                .losesNothing();
        Written.to(openAi("gpt-5"), request)
                .has(
                        "messages",
                        "[{'role':'developer','content':'a\\n\\nb\\n'},{'role':'user','content':'hi'}]");
        Written.to(openAi("gpt-5.6"), messages().user(text("hi", CacheMark.Usual)))
                .lacks("prompt_cache_options");
    }

    @Test
    void cache_marks_become_breakpoints_where_the_upstream_knows_them() {
        HubRequest request =
                messages()
                        .system(text("a"), text("b", CacheMark.Long), text("c"))
                        .user(text("hi", CacheMark.Usual));

        Written.to(openAi("gpt-5.6"), request)
                .has("prompt_cache_options", "{'ttl':'12h'}")
                .has(
                        "messages",
                        """
                        [{'role':'developer','content':[
                          {'type':'text','text':'a\\n\\nb',
                           'prompt_cache_breakpoint':{'mode':'explicit'}},
                          {'type':'text','text':'\\n\\nc'}]},
                         {'role':'user','content':[
                          {'type':'text','text':'hi','prompt_cache_breakpoint':{'mode':'explicit'}}]}]
                        """)
                .losesNothing();
        Written.to(compatible(), request)
                .has(
                        "messages",
                        "[{'role':'system','content':'a\\n\\nb\\n\\nc'},{'role':'user','content':'hi'}]")
                .losesNothing();
    }

    /// Edge case 28.
    @Test
    void the_billing_line_does_not_reach_other_vendors_so_that_prompts_are_the_same_each_turn() {
        Written first =
                Written.to(
                        openAi("gpt-5"),
                        messages().system(text(BILLING + "1a;"), text("be")).user(text("hi")));
        Written second =
                Written.to(
                        openAi("gpt-5"),
                        messages().system(text(BILLING + "2b;"), text("be")).user(text("hi")));

        assertThat(first.body()).isEqualTo(second.body()).doesNotContain("billing");
        first.has(
                        "messages",
                        "[{'role':'developer','content':'be'},{'role':'user','content':'hi'}]")
                .losesNothing();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            textBlock =
                    """
                    \\nbe kind, be kind
                    \\r\\n\\nbe\\nkind, be\\nkind
                    \\"x\\\\nbe\\nkind, kind
                    """)
    void only_the_line_is_removed_when_its_block_goes_on(String rest, String left) {
        Written.to(compatible(), messages().system(text(BILLING + "1a;" + rest)).user(text("hi")))
                .has(
                        "messages",
                        "[{'role':'system','content':'"
                                + left
                                + "'},{'role':'user','content':'hi'}]");
    }

    @Test
    void the_billing_line_stays_for_anthropic_and_anywhere_but_at_the_start() {
        Upstream.Flags anthropic =
                new Upstream.Flags(true, true, false, false, false, false, false, true);
        String line = BILLING + "1a;";

        Written.to(compatible().with(anthropic), messages().system(text(line)).user(text("hi")))
                .has(
                        "messages",
                        "[{'role':'system','content':'"
                                + line
                                + "'},{'role':'user','content':'hi'}]");
        assertThat(
                        Written.to(
                                        compatible(),
                                        messages().system(text("a"), text(line)).user(text("hi")))
                                .body())
                .contains(line);
        assertThat(Written.to(compatible(), messages().system(text(line)).user(text("hi"))).body())
                .doesNotContain("system");
    }

    /// Edge case 25.
    @ParameterizedTest
    @CsvSource({"Developer, developer", "System, system", "Native, system"})
    void instructions_in_the_middle_stay_there_in_the_role_the_model_knows(
            String flag, String role) {
        HubRequest request =
                messages().user(text("hi")).midSystem(text("a"), text("b")).user(text("go"));

        Written.to(compatible().instructs(flag), request)
                .has(
                        "messages",
                        "[{'role':'user','content':'hi'},{'role':'"
                                + role
                                + "','content':'a\\n\\nb'},{'role':'user','content':'go'}]")
                .losesNothing();
    }

    @Test
    void instructions_in_the_middle_are_reminders_where_none_may_stand_there() {
        Written.to(
                        compatible().instructs("Reminder"),
                        messages().user(text("hi")).midSystem(text("a")))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'hi'},
                         {'role':'user','content':'<system-reminder>a</system-reminder>'}]
                        """)
                .losesNothing();
    }

    @Test
    void images_become_links_or_data() {
        Part data =
                new Part.Image(new Media.Base64("image/png", Slice.of("QUJD")), CacheMark.Usual);
        Part link = new Part.Image(new Media.Url(Slice.of("https://x/y.png")), CacheMark.None);

        Written.to(openAi("gpt-5"), messages().user(text("see"), data, link))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':[
                          {'type':'text','text':'see'},
                          {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'},
                           'prompt_cache_breakpoint':{'mode':'explicit'}},
                          {'type':'image_url','image_url':{'url':'https://x/y.png'}}]}]
                        """)
                .losesNothing();
    }

    @Test
    void documents_become_files_or_text() {
        Written.to(
                        compatible(),
                        messages()
                                .user(
                                        document(pdf("QUJD"), "", "", false),
                                        document(pdf("REVG"), "a.pdf", "ctx", true),
                                        document(plain("body"), "T", "", false),
                                        document(plain("bare"), "", "", false),
                                        document(
                                                new Media.Parts(List.of(text("x"), text("y"))),
                                                "",
                                                "",
                                                false)))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':[
                          {'type':'file','file':{'filename':'document.pdf',
                           'file_data':'data:application/pdf;base64,QUJD'}},
                          {'type':'text','text':'ctx'},
                          {'type':'file','file':{'filename':'a.pdf',
                           'file_data':'data:application/pdf;base64,REVG'}},
                          {'type':'text','text':'<document title=\\"T\\">\\nbody\\n</document>'},
                          {'type':'text','text':'<document>\\nbare\\n</document>'},
                          {'type':'text','text':'x'},{'type':'text','text':'y'}]}]
                        """)
                .loses("messages[0].content[1].citations");
    }

    @Test
    void media_that_only_another_provider_can_reach_is_refused() {
        Media url = new Media.Url(Slice.of("https://x/y.pdf"));
        Media file = new Media.FileId(Slice.of("file_1"));
        Media odd = new Media.Base64("application/zip", Slice.of("QUJD"));
        Part upload = new Part.Other("container_upload", Slice.of("{}"));

        for (Part part :
                List.of(
                        document(url, "", "", false),
                        document(file, "", "", false),
                        document(odd, "", "", false),
                        new Part.Image(file, CacheMark.None),
                        upload)) {
            assertThat(Written.refused(compatible(), messages().user(text("a"), part)))
                    .isEqualTo("messages[0].content[1]");
        }
    }

    @Test
    void search_results_become_text_and_are_named() {
        Part result =
                new Part.SearchResult(
                        Slice.of("T"),
                        Slice.of("https://s"),
                        List.of(text("a"), text("b")),
                        CacheMark.None);

        Written.to(compatible(), messages().user(result))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':[
                          {'type':'text','text':'T\\nhttps://s\\na\\nb'}]}]
                        """)
                .loses("messages[0].content[0]");
    }

    @Test
    void unknown_parts_are_named_and_a_message_without_any_is_left_out() {
        Written.to(compatible(), messages().user(new Part.Other("new;thing", Slice.of("{}"))))
                .has("messages", "[]")
                .loses("messages[0].content[0]");
    }

    @Test
    void results_become_tool_messages_and_the_rest_one_user_message_behind_them() {
        Written.to(
                        compatible(),
                        messages()
                                .user(
                                        result("c1", false, text("one"), text("two")),
                                        result("c2", true, text("broke")),
                                        result("c3", true, text("Error: known")),
                                        result("c4", false),
                                        text("and?")))
                .has(
                        "messages",
                        """
                        [{'role':'tool','tool_call_id':'c1','content':'one\\ntwo'},
                         {'role':'tool','tool_call_id':'c2','content':'Error: broke'},
                         {'role':'tool','tool_call_id':'c3','content':'Error: known'},
                         {'role':'tool','tool_call_id':'c4','content':''},
                         {'role':'user','content':'and?'}]
                        """)
                .losesNothing();
    }

    /// Edge case 37.
    @Test
    void what_a_tool_message_cannot_hold_goes_below_all_of_them() {
        Part image =
                new Part.Image(new Media.Base64("image/png", Slice.of("QQ==")), CacheMark.None);

        Written.to(
                        compatible(),
                        messages()
                                .user(
                                        result("c1", false, text("shot"), image),
                                        result(
                                                "c2",
                                                false,
                                                image,
                                                document(plain("d"), "", "", false)),
                                        text("and?")))
                .has(
                        "messages",
                        """
                        [{'role':'tool','tool_call_id':'c1',
                          'content':'shot\\n[image 1 attached below]'},
                         {'role':'tool','tool_call_id':'c2',
                          'content':'[image 2 attached below]\\n<document>\\nd\\n</document>'},
                         {'role':'user','content':[
                          {'type':'image_url','image_url':{'url':'data:image/png;base64,QQ=='}},
                          {'type':'image_url','image_url':{'url':'data:image/png;base64,QQ=='}},
                          {'type':'text','text':'and?'}]}]
                        """)
                .losesNothing();
    }

    @Test
    void references_to_tools_are_their_names_and_other_blocks_of_results_are_named() {
        Part reference =
                new Part.Other("tool_reference", Slice.of("{\"tool_name\":\"get_\\u0061\"}"));

        Written.to(
                        compatible(),
                        messages()
                                .user(
                                        result(
                                                "c1",
                                                false,
                                                reference,
                                                new Part.Other("odd", Slice.of("{}")))))
                .has("messages", "[{'role':'tool','tool_call_id':'c1','content':'get_a'}]")
                .loses("messages[0].content[0].content[1]");
    }

    @Test
    void marked_results_carry_a_breakpoint() {
        Part marked = new Part.ToolResult("c1", List.of(text("r")), false, CacheMark.Usual);

        Written.to(openAi("gpt-5"), messages().user(marked))
                .has(
                        "messages",
                        """
                        [{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'r',
                          'prompt_cache_breakpoint':{'mode':'explicit'}}]}]
                        """);
        Written.to(compatible(), messages().user(marked))
                .has("messages", "[{'role':'tool','tool_call_id':'c1','content':'r'}]");
    }

    @Test
    void an_assistants_texts_follow_each_other_and_calls_come_behind() {
        Written.to(
                        compatible().at("OpenAI"),
                        messages()
                                .user(text("hi"))
                                .assistant(
                                        thought("hm"),
                                        new Part.RedactedThinking(Slice.of("eHg=")),
                                        text("a"),
                                        text("\\\"b"),
                                        call(
                                                "c1",
                                                "f",
                                                new Arguments.Value(
                                                        Slice.of(
                                                                "{ \"k\" : [ 1, \"x \\\"y\" ] }"))),
                                        call(
                                                "c2",
                                                "g",
                                                new Arguments.Quoted(
                                                        Slice.of("{ \\\"k\\\": broken"))),
                                        call(
                                                "c3",
                                                "h",
                                                new Arguments.Text(Slice.of("*** Begin\\n"))))
                                .user(text("go")))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'hi'},
                         {'role':'assistant','content':'a\\"b','tool_calls':[
                          {'id':'c1','type':'function','function':{'name':'f',
                           'arguments':'{\\"k\\":[1,\\"x \\\\\\"y\\"]}'}},
                          {'id':'c2','type':'function','function':{'name':'g',
                           'arguments':'{ \\"k\\": broken'}},
                          {'id':'c3','type':'custom','custom':{'name':'h',
                           'input':'*** Begin\\n'}}]},
                         {'role':'user','content':'go'}]
                        """)
                .losesNothing();
    }

    /// Edge case 38.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_turn_of_calls_alone_has_no_content(boolean emptyText) {
        Part call = call("c1", "f", new Arguments.Value(Slice.of("{}")));
        HubRequest request = messages().user(text("hi"));

        if (emptyText) {
            request.assistant(text(""), call);
        } else {
            request.assistant(call);
        }

        Written.to(compatible(), request.user(result("c1", false, text("r"))))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'hi'},
                         {'role':'assistant','content':null,'tool_calls':[
                          {'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]},
                         {'role':'tool','tool_call_id':'c1','content':'r'}]
                        """);
    }

    @Test
    void thoughts_go_back_as_text_to_models_that_want_them() {
        Upstream.Flags echo =
                new Upstream.Flags(false, true, false, false, false, false, true, false);

        Written.to(
                        compatible().with(echo),
                        messages()
                                .user(text("hi"))
                                .assistant(thought("hm"), thought("so"), text("a"))
                                .user(text("go")))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'hi'},
                         {'role':'assistant','content':'a','reasoning_content':'hm\\n\\nso'},
                         {'role':'user','content':'go'}]
                        """)
                .losesNothing();
    }

    @Test
    void what_a_providers_tool_did_is_told_in_a_line_and_named() {
        Part search =
                new Part.ServerTool(
                        "server_tool_use",
                        Slice.of(
                                "{\"id\":\"s1\",\"name\":\"web_search\",\"input\":{\"query\":\"q \\\"x\\\"\"}}"));
        Part found =
                new Part.ServerTool(
                        "web_search_tool_result",
                        Slice.of(
                                """
                                {"tool_use_id":"s1","content":[
                                 {"title":"T","url":"https://t","encrypted_content":"zzz"},
                                 {"title":"U","url":"https://u"}]}\
                                """));

        Written.to(
                        compatible(),
                        messages()
                                .user(text("hi"))
                                .assistant(text("see"), search, found, text("so"))
                                .user(text("go")))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'hi'},{'role':'assistant','content':
                          'see\\n[web_search \\"q \\"x\\"\\": T - https://t; U - https://u]\\nso'},
                         {'role':'user','content':'go'}]
                        """)
                .loses("messages[1].content[1]", "messages[1].content[2]");
    }

    @Test
    void a_summary_of_earlier_turns_is_told_by_the_user_and_an_encrypted_one_is_refused() {
        Part plain = new Part.Other("compaction", Slice.of("{\"content\":\"before\"}"));
        Part encrypted =
                new Part.Other("compaction", Slice.of("{\"content\":null,\"encrypted\":\"x\"}"));

        Written.to(compatible(), messages().assistant(plain, text("a")).user(text("go")))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'before'},{'role':'assistant','content':'a'},
                         {'role':'user','content':'go'}]
                        """)
                .losesNothing();
        Written.to(compatible(), messages().assistant(plain).user(text("go")))
                .has(
                        "messages",
                        "[{'role':'user','content':'before'},{'role':'user','content':'go'}]");
        assertThat(Written.refused(compatible(), messages().assistant(encrypted).user(text("go"))))
                .isEqualTo("messages[0].content[0]");
    }

    @Test
    void a_prefill_is_named_or_refused_unless_the_client_speaks_openai() {
        Upstream.Flags prefill =
                new Upstream.Flags(true, true, false, false, false, false, false, false);
        HubRequest request = messages().user(text("hi")).assistant(text("Sure"));

        Written.to(compatible().with(prefill), request)
                .has(
                        "messages",
                        "[{'role':'user','content':'hi'},{'role':'assistant','content':'Sure'}]")
                .loses("messages[1]");
        assertThat(Written.refused(compatible(), request)).isEqualTo("messages[1]");
        Written.to(
                        compatible(),
                        HubRequest.from(WireFormat.Responses)
                                .user(text("hi"))
                                .assistant(text("Sure"), new Part.Refusal(Slice.of("no"))))
                .has(
                        "messages",
                        """
                        [{'role':'user','content':'hi'},
                         {'role':'assistant','content':'Sure','refusal':'no'}]
                        """)
                .losesNothing();
    }

    private static Part thought(String text) {
        return new Part.Thinking(Slice.of(text), Slice.of("sig"));
    }

    private static Part call(String id, String name, Arguments arguments) {
        return new Part.ToolCall(id, name, arguments, CacheMark.None);
    }

    private static Part result(String id, boolean error, Part... content) {
        return new Part.ToolResult(id, List.of(content), error, CacheMark.None);
    }

    private static Media pdf(String data) {
        return new Media.Base64("application/pdf", Slice.of(data));
    }

    private static Media plain(String text) {
        return new Media.PlainText(Slice.of(text));
    }

    private static Part document(Media media, String title, String context, boolean citations) {
        return new Part.Document(
                media, Slice.of(title), Slice.of(context), citations, CacheMark.None);
    }
}

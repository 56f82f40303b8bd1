package dev.llmgateway.runtime.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies are written with `'` for `"`.
class MessagesRequestsTest {
    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    private final Notes notes = new Notes(false);

    @Test
    void the_smallest_request_says_nothing_of_what_it_leaves_out() {
        ChatRequest request = read("{'model':'m','max_tokens':0," + HI + "}");

        assertThat(request.source()).isEqualTo(WireFormat.Messages);
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isFalse();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.system()).isEmpty();
        assertThat(request.turns()).containsExactly(new Turn(Role.User, List.of(text("hi"))));
        assertThat(request.tools()).isEmpty();
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Unsaid());
        assertThat(request.parallelToolCalls()).isTrue();
        assertThat(request.sampling())
                .isEqualTo(new Sampling(0, Slice.EMPTY, Slice.EMPTY, Slice.EMPTY, List.of()));
        assertThat(request.output()).isEqualTo(new OutputFormat.Text());
        assertThat(request.reasoning()).isEqualTo(Reasoning.UNSAID);
        assertThat(request.user()).isEmpty();
        assertThat(request.cache()).isEqualTo(CacheMark.None);
        assertThat(request.extras()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void nulls_are_as_good_as_absent() {
        String nulls =
                "'system':null,'tools':null,'tool_choice':null,'max_tokens':null,'temperature':null,"
                        + "'stop_sequences':null,'stream':null,'thinking':null,'output_config':null,"
                        + "'metadata':null,'service_tier':null,'cache_control':null,'container':null,";

        ChatRequest request = read("{'model':'m'," + nulls + HI + "}");

        assertThat(request.sampling().maxTokens()).isEqualTo(Sampling.UNSAID);
        assertThat(request.extras()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void top_level_members_have_their_places_and_the_rest_travels_on() {
        ChatRequest request =
                read(
                        "{'model':'m','max_tokens':12,'stream':true,'temperature':0.5,'top_p':1e0,"
                                + "'top_k':5,'stop_sequences':['a\\n','b'],'service_tier':'auto',"
                                + "'metadata':{'user_id':'u\\u0041','team':'x'},"
                                + "'cache_control':{'type':'ephemeral','ttl':'1h'},"
                                + "'speed':'fast','thread':{'type':'create'},"
                                + "'output_config':{'task_budget':{'total':1},'other':1},"
                                + HI
                                + "}");

        assertThat(request.stream()).isTrue();
        assertThat(request.sampling())
                .isEqualTo(
                        new Sampling(
                                12,
                                slice("0.5"),
                                slice("1e0"),
                                slice("5"),
                                List.of(slice("a\\n"), slice("b"))));
        assertThat(request.serviceTier()).isEqualTo("auto");
        assertThat(request.user()).isEqualTo("uA");
        assertThat(request.cache()).isEqualTo(CacheMark.Long);
        assertThat(request.extras())
                .containsExactly(
                        new Extra("output_config.task_budget", slice("{'total':1}")),
                        new Extra("speed", slice("'fast'")),
                        new Extra("thread", slice("{'type':'create'}")));
        assertThat(notes.all())
                .containsExactlyInAnyOrder(
                        "output_config.other=not known to the gateway",
                        "metadata.team=not known to the gateway");
    }

    @Test
    void system_is_a_string_or_blocks_and_never_empty() {
        assertThat(read("{'system':'be kind'," + HI + "}").system())
                .containsExactly(text("be kind"));
        assertThat(read("{'system':''," + HI + "}").system()).isEmpty();
        assertThat(
                        read("{'system':[{'type':'text','text':'x-anthropic-billing-header: a'},"
                                        + "{'text':'','type':'text'},"
                                        + "{'type':'text','text':'b','cache_control':{'type':'ephemeral'}}],"
                                        + HI
                                        + "}")
                                .system())
                .containsExactly(
                        text("x-anthropic-billing-header: a"),
                        new Part.Text(slice("b"), CacheMark.Usual));
    }

    @Test
    void instructions_in_front_lead_and_those_in_the_middle_stay() {
        ChatRequest request =
                read(
                        "{'system':'a','messages':[{'role':'system','content':'b'},"
                                + "{'role':'user','content':'hi'},"
                                + "{'role':'system','content':[{'type':'text','text':'c'}]}]}");

        assertThat(request.system()).containsExactly(text("a"), text("b"));
        assertThat(request.turns())
                .containsExactly(
                        new Turn(Role.User, List.of(text("hi"))),
                        new Turn(Role.System, List.of(text("c"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    user | {'type':'text','text':'é\\n'} | Text[text=é\\n, cache=None]
                    user | {'text':'t','citations':[{'x':1}],'type':'text'} | Text[text=t, cache=None]
                    user | {'type':'text','text':'t','cache_control':{'type':'ephemeral','ttl':'5m'}} | Text[text=t, cache=Usual]
                    user | {'type':'image','source':{'type':'base64','media_type':'Image/PNG; x=y','data':'AA=='},'transformations':[]} | Image[media=Base64[mediaType=image/png, data=AA==], cache=None]
                    user | {'type':'image','source':{'type':'url','url':'https://x/y'},'cache_control':{'type':'ephemeral','ttl':'1h'}} | Image[media=Url[url=https://x/y], cache=Long]
                    user | {'type':'image','source':{'type':'file','file_id':'f'}} | Image[media=FileId[id=f], cache=None]
                    user | {'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AA'},'title':'t','context':'c','citations':{'enabled':true}} | Document[media=Base64[mediaType=application/pdf, data=AA], title=t, context=c, citations=true, cache=None]
                    user | {'type':'document','source':{'type':'text','media_type':'text/plain','data':'d'},'citations':{'enabled':false}} | Document[media=PlainText[text=d], title=, context=, citations=false, cache=None]
                    user | {'type':'document','source':{'type':'url','url':'u'},'title':null} | Document[media=Url[url=u], title=, context=, citations=false, cache=None]
                    user | {'type':'document','source':{'type':'file','file_id':'f'}} | Document[media=FileId[id=f], title=, context=, citations=false, cache=None]
                    user | {'type':'document','source':{'type':'content','content':'s'}} | Document[media=Parts[parts=[Text[text=s, cache=None]]], title=, context=, citations=false, cache=None]
                    user | {'type':'document','source':{'type':'content','content':[{'type':'text','text':'s'}]}} | Document[media=Parts[parts=[Text[text=s, cache=None]]], title=, context=, citations=false, cache=None]
                    user | {'type':'search_result','title':'t','source':'s','content':[{'type':'text','text':'x'}]} | SearchResult[title=t, source=s, content=[Text[text=x, cache=None]], cache=None]
                    assistant | {'type':'tool_use','id':'i','name':'n','input':{'a': 1},'caller':{'type':'direct'}} | ToolCall[id=i, name=n, arguments=Value[json={'a': 1}], cache=None]
                    assistant | {'type':'tool_use','id':'i','name':'n'} | ToolCall[id=i, name=n, arguments=Value[json={}], cache=None]
                    user | {'type':'tool_result','tool_use_id':'i','content':'out','cache_control':{'type':'ephemeral'}} | ToolResult[id=i, content=[Text[text=out, cache=None]], error=false, cache=Usual]
                    user | {'type':'tool_result','tool_use_id':'i','is_error':true} | ToolResult[id=i, content=[], error=true, cache=None]
                    user | {'type':'tool_result','tool_use_id':'i','content':''} | ToolResult[id=i, content=[], error=false, cache=None]
                    user | {'type':'tool_result','tool_use_id':'i','content':[{'type':'tool_reference','tool_name':'f'},{'type':'image','source':{'type':'url','url':'u'}}]} | ToolResult[id=i, content=[Text[text=f, cache=None], Image[media=Url[url=u], cache=None]], error=false, cache=None]
                    assistant | {'type':'thinking','thinking':'t','signature':'s'} | Thinking[text=t, signature=s]
                    assistant | {'type':'thinking','thinking':'','signature':'s'} | Thinking[text=, signature=s]
                    assistant | {'type':'redacted_thinking','data':'d'} | RedactedThinking[data=d]
                    assistant | {'type':'server_tool_use','id':'i', 'name':'web_search','input':{}} | ServerTool[type=server_tool_use, json={'type':'server_tool_use','id':'i', 'name':'web_search','input':{}}]
                    assistant | {'type':'web_search_tool_result','content':[]} | ServerTool[type=web_search_tool_result, json={'type':'web_search_tool_result','content':[]}]
                    assistant | {'type':'mcp_tool_use'} | ServerTool[type=mcp_tool_use, json={'type':'mcp_tool_use'}]
                    user | {'file_id':'f','type':'container_upload'} | Other[type=container_upload, json={'file_id':'f','type':'container_upload'}]
                    assistant | {'type':'compaction','content':'c'} | Other[type=compaction, json={'type':'compaction','content':'c'}]
                    user | {'type':'hologram','n':null} | Other[type=hologram, json={'type':'hologram','n':null}]
                    """)
    void blocks_of_all_types_are_read_without_a_note(String role, String block, String part) {
        ChatRequest request =
                read("{'messages':[{'content':[" + block + "],'role':'" + role + "'}]}");

        assertThat(request.turns().getFirst().parts().toString())
                .isEqualTo("[" + part.replace('\'', '"') + "]");
        assertThat(notes.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'name':'f'} | Function[name=f, description=, schema=, strict=false, examples=, cache=None]
                    {'type':'custom','name':'f','description':'d','input_schema':{},'strict':true,'input_examples':[{}],'cache_control':{'type':'ephemeral'},'defer_loading':true,'eager_input_streaming':true,'allowed_callers':['direct']} | Function[name=f, description=d, schema={}, strict=true, examples=[{}], cache=Usual]
                    {'type':'bash_20250124','name':'bash'} | Typed[type=bash_20250124, name=bash, json={'type':'bash_20250124','name':'bash'}]
                    {'type':'mcp_toolset','mcp_server_name':'s'} | Typed[type=mcp_toolset, name=, json={'type':'mcp_toolset','mcp_server_name':'s'}]
                    {'type':'web_search_20250305','name':'web_search','max_uses':3,'allowed_domains':['a'],'blocked_domains':[],'user_location':{'type':'approximate'},'allowed_callers':[]} | WebSearch[name=web_search, allowedDomains=['a'], blockedDomains=[], userLocation={'type':'approximate'}, maxUses=3]
                    """)
    void tools_of_all_types_are_read_without_a_note(String tool, String read) {
        ChatRequest request = read("{'tools':[" + tool + "]," + HI + "}");

        assertThat(request.tools().getFirst().toString()).isEqualTo(read.replace('\'', '"'));
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void no_tools_at_all_are_an_empty_list() {
        assertThat(read("{'tools':[]," + HI + "}").tools()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'type':'auto'} | Auto[] | true
                    {'type':'any','disable_parallel_tool_use':true} | Any[] | false
                    {'type':'none'} | None[] | true
                    {'name':'f','type':'tool','disable_parallel_tool_use':false} | Named[name=f] | true
                    """)
    void choices_of_tools(String said, String choice, boolean parallel) {
        ChatRequest request = read("{'tool_choice':" + said + "," + HI + "}");

        assertThat(request.toolChoice().toString()).isEqualTo(choice);
        assertThat(request.parallelToolCalls()).isEqualTo(parallel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'thinking':{'type':'adaptive','display':'omitted'} | Reasoning[thinking=Adaptive[], effort=, display=omitted]
                    'thinking':{'type':'enabled','budget_tokens':1024} | Reasoning[thinking=Enabled[budget=1024], effort=, display=]
                    'thinking':{'type':'disabled'},'output_config':{'effort':'low'} | Reasoning[thinking=Disabled[], effort=low, display=]
                    'output_config':{'effort':'max'},'thinking':{'type':'between_tools'} | Reasoning[thinking=BetweenTools[], effort=max, display=]
                    """)
    void thinking_and_effort(String said, String reasoning) {
        assertThat(read("{" + said + "," + HI + "}").reasoning().toString()).isEqualTo(reasoning);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void a_schema_for_the_reply_is_strict() {
        assertThat(
                        read("{'output_config':{'format':{'type':'json_schema','schema':{'a':1}}},"
                                        + HI
                                        + "}")
                                .output())
                .isEqualTo(new OutputFormat.JsonSchema("", Slice.EMPTY, slice("{'a':1}"), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'messages':[{'role':'user','content':'hi','mood':1}] | messages[0].mood
                    'messages':[{'role':'user','content':[{'type':'text','text':'t'},{'type':'text','text':'t','x':1}]}] | messages[0].content[1].x
                    'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'u','q':2}}]}] | messages[0].content[0].source.q
                    'messages':[{'role':'user','content':[{'type':'search_result','content':[],'citations':{'enabled':true}}]}] | messages[0].content[0].citations
                    'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'i','content':[{'type':'text','text':'','y':0}]}]}] | messages[0].content[0].content[0].y
                    'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'i','name':'n','toolset_name':'c'}]}] | messages[0].content[0].toolset_name
                    'messages':[],'tools':[{'name':'f'},{'name':'g','z':1}] | tools[1].z
                    'messages':[],'tools':[{'type':'web_search_1','name':'g','z':1}] | tools[0].z
                    'messages':[],'tool_choice':{'type':'auto','q':1} | tool_choice.q
                    'messages':[],'thinking':{'type':'telepathic'} | thinking.type
                    'messages':[],'thinking':{'type':'disabled','k':1} | thinking.k
                    'messages':[],'output_config':{'effort':'gigantic'} | output_config.effort
                    'messages':[],'output_config':{'format':{'type':'json_schema','schema':{},'n':1}} | output_config.format.n
                    'messages':[],'metadata':{'a;\\r\\nb: é':1} | metadata.a???b???
                    """)
    void unknown_members_are_named_with_their_path(String members, String field) {
        read("{" + members + "}");

        assertThat(notes.all()).hasSize(1);
        assertThat(notes.all().getFirst()).startsWith(field + "=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'model':'m'} | messages
                    {'messages':'hi'} | messages
                    {'messages':['hi']} | messages[0]
                    {'messages':[{'role':'tool','content':'x'}]} | messages[0].role
                    {'messages':[{'role':'user'}]} | messages[0].content
                    {'messages':[{'role':'user','content':7}]} | messages[0].content
                    {'messages':[{'role':'user','content':['x']}]} | messages[0].content[0]
                    {'messages':[{'role':'user','content':[{'text':'x'}]}]} | messages[0].content[0].type
                    {'messages':[{'role':'user','content':[{'type':'text','text':1}]}]} | messages[0].content[0].text
                    {'messages':[{'role':'user','content':[{'type':'tool_use','id':'a','name':'b'}]}]} | messages[0].content[0].type
                    {'messages':[{'role':'user','content':[{'type':'thinking','thinking':'b'}]}]} | messages[0].content[0].type
                    {'messages':[{'role':'assistant','content':[{'type':'text','text':'a'},{'type':'tool_result','tool_use_id':'b'}]}]} | messages[0].content[1].type
                    {'messages':[{'role':'system','content':[{'type':'image','source':{'type':'url','url':'u'}}]}]} | messages[0].content[0].type
                    {'messages':[{'role':'assistant','content':[{'type':'tool_use','name':'b'}]}]} | messages[0].content[0].id
                    {'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'b'}]}]} | messages[0].content[0].name
                    {'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'b','name':'n','input':'s'}]}]} | messages[0].content[0].input
                    {'messages':[{'role':'user','content':[{'type':'tool_result'}]}]} | messages[0].content[0].tool_use_id
                    {'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'i','is_error':'x'}]}]} | messages[0].content[0].is_error
                    {'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'i','content':[{'type':'tool_result','tool_use_id':'j'}]}]}]} | messages[0].content[0].content[0]
                    {'messages':[{'role':'user','content':[{'type':'image'}]}]} | messages[0].content[0].source.type
                    {'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','data':'x'}}]}]} | messages[0].content[0].source.media_type
                    {'messages':[{'role':'user','content':[{'type':'image','source':{'type':'ftp'}}]}]} | messages[0].content[0].source.type
                    {'system':7,'messages':[]} | system
                    {'system':[{'type':'image'}],'messages':[]} | system[0].type
                    {'tools':{},'messages':[]} | tools
                    {'tools':[{}],'messages':[]} | tools[0].name
                    {'tools':[{'name':'a'},{'type':'function','function':{}}],'messages':[]} | tools[1].type
                    {'tool_choice':'auto','messages':[]} | tool_choice
                    {'tool_choice':{'type':'function'},'messages':[]} | tool_choice.type
                    {'tool_choice':{'type':'tool'},'messages':[]} | tool_choice.name
                    {'max_tokens':-1,'messages':[]} | max_tokens
                    {'max_tokens':'5','messages':[]} | max_tokens
                    {'temperature':'hot','messages':[]} | temperature
                    {'stop_sequences':'a','messages':[]} | stop_sequences
                    {'stop_sequences':[1],'messages':[]} | stop_sequences
                    {'stream':'yes','messages':[]} | stream
                    {'thinking':{'type':'enabled'},'messages':[]} | thinking.budget_tokens
                    {'output_config':{'format':{'type':'json'}},'messages':[]} | output_config.format.type
                    {'output_config':{'format':{'type':'json_schema'}},'messages':[]} | output_config.format.schema
                    """)
    void nonsense_is_refused_with_its_path(String body, String field) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(body));

        assertThat(refusal.error().param()).isEqualTo(field);
        assertThat(refusal.error().message()).startsWith(field + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a'", "1", "true", "[]", "{}", "[[]]", "[{}]", "{'type':1}"})
    void values_of_any_kind_anywhere_are_read_or_refused(String value) {
        for (String name :
                List.of(
                        "messages",
                        "system",
                        "tools",
                        "tool_choice",
                        "max_tokens",
                        "top_p",
                        "stop_sequences",
                        "stream",
                        "thinking",
                        "output_config",
                        "metadata",
                        "service_tier",
                        "cache_control")) {
            try {
                assertThat(read("{" + HI + ",'" + name + "':" + value + "}").source())
                        .isEqualTo(WireFormat.Messages);
            } catch (Refusal refusal) {
                assertThat(refusal.error().param()).startsWith(name);
            }
        }
    }

    @Test
    void a_strict_translation_refuses_what_it_would_name() {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                MessagesRequests.read(
                                        slice("{'metadata':{'x':1}," + HI + "}"), new Notes(true)));

        assertThat(refusal.error().param()).isEqualTo("metadata.x");
    }

    @Test
    void a_prompt_of_claude_code_loses_nothing() {
        ChatRequest request =
                read(
                        "{'model':'gpt-x','max_tokens':32000,'stream':true,"
                                + "'thinking':{'type':'adaptive'},'output_config':{'effort':'high'},"
                                + "'metadata':{'user_id':'{\\u0022session_id\\u0022:\\u0022s\\u0022}'},"
                                + "'tools':[{'name':'Late','description':'','input_schema':{},'defer_loading':true}],"
                                + "'messages':[{'role':'user','content':'hi'},"
                                + "{'role':'system','content':'remember'},"
                                + "{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'Late','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'ok',"
                                + "'cache_control':{'type':'ephemeral'}}]}]}");

        assertThat(request.user()).isEqualTo("{\"session_id\":\"s\"}");
        assertThat(request.turns())
                .extracting(Turn::role)
                .containsExactly(Role.User, Role.System, Role.Assistant, Role.User);
        assertThat(request.turns().get(2).parts())
                .containsExactly(
                        new Part.ToolCall(
                                "t", "Late", new Arguments.Value(slice("{}")), CacheMark.None));
        assertThat(request.tools()).extracting(Tool::name).containsExactly("Late");
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void of_two_members_with_one_name_the_last_counts() {
        ChatRequest request =
                read(
                        "{'messages':[{'role':'user','content':'old'}],'top_k':1,'top_k':2,"
                                + "'messages':[{'role':'user','content':[{'type':'image','type':'text','text':'new'}]}]}");

        assertThat(request.turns()).containsExactly(new Turn(Role.User, List.of(text("new"))));
        assertThat(request.sampling().topK()).isEqualTo(slice("2"));
    }

    @Test
    void media_types_are_compared_without_case() {
        Part part =
                read("{'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'IMAGE/JPEG','data':'x'}}]}]}")
                        .turns()
                        .getFirst()
                        .parts()
                        .getFirst();

        assertThat(part)
                .isEqualTo(
                        new Part.Image(new Media.Base64("image/jpeg", slice("x")), CacheMark.None));
    }

    private ChatRequest read(String body) {
        return MessagesRequests.read(slice(body), notes);
    }

    private static Part.Text text(String text) {
        return new Part.Text(slice(text), CacheMark.None);
    }

    private static Slice slice(String text) {
        return Slice.of(text.replace('\'', '"'));
    }
}

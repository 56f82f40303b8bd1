package dev.llmgateway.runtime.dialect.chat;

import static dev.llmgateway.runtime.dialect.chat.Bodies.content;
import static dev.llmgateway.runtime.dialect.chat.Bodies.json;
import static dev.llmgateway.runtime.dialect.chat.Bodies.notes;
import static dev.llmgateway.runtime.dialect.chat.Bodies.refusedMessage;
import static dev.llmgateway.runtime.dialect.chat.Bodies.silently;
import static dev.llmgateway.runtime.dialect.chat.Bodies.text;
import static dev.llmgateway.runtime.dialect.chat.Bodies.turns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of messages (translation.md 2.1, 7).
class ChatPartsTest {
    private static final Slice NOTHING = Slice.EMPTY;

    @Test
    void texts_stay_escaped_and_empty_ones_are_left_out() {
        assertThat(content("'a\\n\\u00e9'")).containsExactly(text("a\\n\\u00e9"));
        assertThat(
                        content(
                                "[{'type':'text','text':''},{'text':' ','type':'text'},"
                                        + "{'type':'text','text':'b','annotations':[]}]"))
                .containsExactly(text(" "), text("b"));
        assertThat(content("''")).isEmpty();
        assertThat(content("null")).isEmpty();
    }

    @Test
    void names_of_responses_parts_are_understood() {
        assertThat(
                        content(
                                "[{'type':'input_text','text':'a'},{'type':'output_text','text':'b'},"
                                        + "{'type':'input_image','image_url':'https://c'}]"))
                .containsExactly(text("a"), text("b"), image(new Media.Url(Slice.of("https://c"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png;base64,AAAA|image/png",
                "data:image\\/png;base64,AAAA|image/png",
                "DATA:Image/PNG;BASE64,AAAA|image/png",
                "data:image/jpg;base64,AAAA|image/jpeg",
                "data:image/webp;charset=utf-8;name=x.webp;base64,AAAA|image/webp",
                "\\u0064ata:image\\u002fgif;base64,AAAA|image/gif",
            })
    void images_in_data_urls_are_found_between_escapes(String url, String type) {
        Part image = image(new Media.Base64(type, Slice.of("AAAA")));

        assertThat(content("[{'type':'image_url','image_url':{'url':'" + url + "'}}]"))
                .containsExactly(image);
        assertThat(content("[{'image_url':'" + url + "','type':'image_url'}]"))
                .containsExactly(image);
    }

    @Test
    void data_stays_escaped() {
        assertThat(content("[{'type':'image_url','image_url':'data:image/png;base64,A\\/A='}]"))
                .containsExactly(image(new Media.Base64("image/png", Slice.of("A\\/A="))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a/b?c=d", "http:\\/\\/a\\/b", "HTTPS://a"})
    void images_on_the_web_stay_where_they_are(String url) {
        assertThat(
                        content(
                                "[{'type':'image_url','image_url':{'url':'"
                                        + url
                                        + "','detail':'high'},'prompt_cache_breakpoint':"
                                        + "{'mode':'explicit'}}]"))
                .containsExactly(new Part.Image(new Media.Url(Slice.of(url)), CacheMark.Usual));
    }

    @Test
    void sound_has_a_format() {
        assertThat(content("[{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}}]"))
                .containsExactly(new Part.Audio(Slice.of("AA"), "wav"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:application/pdf;base64,JV|application/pdf",
                "data:application\\/pdf;name=a.pdf;base64,JV|application/pdf",
                "data:text/markdown;charset=utf-8;base64,JV|text/markdown",
                "JV|application/pdf",
            })
    void files_carry_their_type_or_are_pdf(String data, String type) {
        assertThat(
                        content(
                                "[{'type':'file','file':{'filename':'a \\u00e9','file_data':'"
                                        + data
                                        + "'},'cache_control':{'type':'ephemeral'}}]"))
                .containsExactly(
                        new Part.Document(
                                new Media.Base64(type, Slice.of("JV")),
                                Slice.of("a \\u00e9"),
                                NOTHING,
                                false,
                                CacheMark.Usual));
    }

    @Test
    void files_may_be_elsewhere() {
        assertThat(
                        content(
                                "[{'type':'file','file':{'file_id':'f-1'}},"
                                        + "{'type':'file','file':{'file_data':'https://a/b.pdf'}}]"))
                .containsExactly(
                        document(new Media.FileId(Slice.of("f-1")), NOTHING),
                        document(new Media.Url(Slice.of("https://a/b.pdf")), NOTHING));
    }

    @Test
    void anthropics_blocks_inside_chat_messages_are_understood() {
        List<Turn> turns =
                turns(
                        "{'role':'assistant','content':[{'type':'thinking','thinking':'t',"
                                + "'signature':'s'},{'type':'redacted_thinking','data':'d'},"
                                + "{'type':'text','text':'x','citations':null},"
                                + "{'type':'tool_use','id':'c','name':'f','input':{'a': 1}},"
                                + "{'type':'tool_use','id':'d','name':'g'}]}",
                        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c',"
                                + "'is_error':true,'content':[{'type':'text','text':'r'},"
                                + "{'type':'image','source':{'type':'base64',"
                                + "'media_type':'image/png','data':'AA'}}],"
                                + "'cache_control':{'type':'ephemeral','ttl':'5m'}},"
                                + "{'type':'tool_result','tool_use_id':'d','content':'q'},"
                                + "{'type':'image','source':{'type':'url','url':'https://i'}}]}");

        assertThat(turns)
                .containsExactly(
                        new Turn(
                                Role.Assistant,
                                List.of(
                                        new Part.Thinking(Slice.of("t"), Slice.of("s")),
                                        new Part.RedactedThinking(Slice.of("d")),
                                        text("x"),
                                        call("c", "f", "{'a': 1}"),
                                        call("d", "g", "{}"))),
                        new Turn(
                                Role.User,
                                List.of(
                                        new Part.ToolResult(
                                                "c",
                                                List.of(
                                                        text("r"),
                                                        image(
                                                                new Media.Base64(
                                                                        "image/png",
                                                                        Slice.of("AA")))),
                                                true,
                                                CacheMark.Usual),
                                        new Part.ToolResult(
                                                "d", List.of(text("q")), false, CacheMark.None),
                                        image(new Media.Url(Slice.of("https://i"))))));
    }

    @Test
    void anthropics_results_may_stand_in_messages_of_tools() {
        assertThat(
                        turns(
                                "{'role':'tool','content':[{'type':'tool_result',"
                                        + "'tool_use_id':'c','content':'r'}]}"))
                .containsExactly(
                        new Turn(
                                Role.User,
                                List.of(
                                        new Part.ToolResult(
                                                "c", List.of(text("r")), false, CacheMark.None))));
    }

    @Test
    void anthropics_documents_come_in_every_source() {
        assertThat(
                        content(
                                "[{'type':'document','title':'t','context':'c',"
                                        + "'citations':{'enabled':true},"
                                        + "'source':{'type':'text','media_type':'text/plain',"
                                        + "'data':'p'}},{'type':'document','source':"
                                        + "{'type':'content','content':[{'type':'text',"
                                        + "'text':'q'}]}},{'type':'document','source':"
                                        + "{'type':'file','file_id':'f'}},{'type':'search_result',"
                                        + "'title':'t','source':'https://s','content':"
                                        + "[{'type':'text','text':'r'}]}]"))
                .containsExactly(
                        new Part.Document(
                                new Media.PlainText(Slice.of("p")),
                                Slice.of("t"),
                                Slice.of("c"),
                                true,
                                CacheMark.None),
                        document(new Media.Parts(List.of(text("q"))), NOTHING),
                        document(new Media.FileId(Slice.of("f")), NOTHING),
                        new Part.SearchResult(
                                Slice.of("t"),
                                Slice.of("https://s"),
                                List.of(text("r")),
                                CacheMark.None));
    }

    @Test
    void parts_nobody_shares_stay_whole() {
        String video = "{'type': 'video_url', 'video_url':{'url':'https://v'}}";
        String search = "{'name':'web_search','type':'server_tool_use','id':'s','input':{}}";

        assertThat(content("[ " + video + " , " + search + "]"))
                .containsExactly(
                        new Part.Other("video_url", json(video)),
                        new Part.ServerTool("server_tool_use", json(search)));
    }

    @Test
    void how_long_breakpoints_last_is_said_once_for_all_even_behind_them() {
        String message =
                "'messages':[{'role':'user','content':[{'type':'text','text':'a',"
                        + "'prompt_cache_breakpoint':{'mode':'explicit'}},{'type':'text',"
                        + "'text':'b','cache_control':{'type':'ephemeral'}}]}]";

        assertThat(marks(message)).containsExactly(CacheMark.Usual, CacheMark.Usual);
        assertThat(marks(message + ",'prompt_cache_options':{'mode':'explicit','ttl':'12h'}"))
                .containsExactly(CacheMark.Long, CacheMark.Usual);
        assertThat(marks("'prompt_cache_retention':'24h'," + message))
                .containsExactly(CacheMark.Long, CacheMark.Usual);
        assertThat(marks(message + ",'prompt_cache_options':{'ttl':'30m'}"))
                .containsExactly(CacheMark.Usual, CacheMark.Usual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'text','text':'a','x':1}|x",
                "{'type':'image_url','image_url':{'url':'https://a','x':1}}|image_url.x",
                "{'type':'input_audio','input_audio':{'data':'','format':'','x':1}}|input_audio.x",
                "{'type':'file','file':{'file_id':'a','x':1}}|file.x",
                "{'type':'text','text':'a','cache_control':{'scope':'x'}}|cache_control.scope",
                "{'type':'image','source':{'type':'url','url':'','x':1}}|source.x",
                "{'type':'image','source':{'type':'url','url':''},'transformations':[]}"
                        + "|transformations",
            })
    void unknown_members_are_named(String part, String field) {
        assertThat(notes("{'messages':[{'role':'user','content':[" + part + "]}]}"))
                .containsExactly("messages[0].content[0]." + field + "=unknown member");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'image_url'}|image_url",
                "{'type':'image_url','image_url':7}|image_url",
                "{'type':'image_url','image_url':{'url':7}}|image_url",
                "{'type':'image_url','image_url':''}|image_url",
                "{'type':'image_url','image_url':'ftp://a'}|image_url",
                "{'type':'image_url','image_url':'C:\\\\a.png'}|image_url",
                "{'type':'image_url','image_url':'data:image/png;base64'}|image_url",
                "{'type':'image_url','image_url':'data:image/png,AAAA'}|image_url",
                "{'type':'image_url','image_url':'data:;base64,AAAA'}|image_url",
                "{'type':'input_audio'}|input_audio.data",
                "{'type':'file'}|file",
                "{'type':'file','file':{'filename':'a'}}|file",
                "{'type':'file','file':{'file_data':'data:text/plain,a%20b'}}|file.file_data",
                "{'type':'image'}|source",
                "{'type':'image','source':{'type':'x'}}|source.type",
                "{'type':'tool_result'}|tool_use_id",
                "{'type':'tool_use','id':'a'}|name",
                "{'type':'text','text':'a','cache_control':'yes'}|cache_control",
                "{'type':'tool_result','tool_use_id':'a','content':[{'type':'tool_result',"
                        + "'tool_use_id':'b'}]}|content",
            })
    void parts_that_make_no_sense_are_refused(String part, String field) {
        assertThat(refusedMessage("{'role':'user','content':[" + part + "]}"))
                .isEqualTo("messages[0].content[0]." + field);
    }

    @Test
    void nested_documents_are_not_followed_for_ever() {
        String inside = "'deep'";
        for (int i = 0; i < 100; i++) {
            inside = "[{'type':'document','source':{'type':'content','content':" + inside + "}}]";
        }

        assertThat(refusedMessage("{'role':'user','content':" + inside + "}"))
                .startsWith("messages[0].content[0].source.content[0].source");
    }

    @Test
    void a_large_image_and_a_large_text_are_views_of_the_body() {
        String data = "A".repeat(200_000);
        Slice body =
                json(
                        "{'messages':[{'role':'user','content':[{'type':'image_url',"
                                + "'image_url':{'url':'data:image/png;base64,"
                                + data
                                + "'}},{'type':'text','text':'"
                                + data
                                + "'}]}]}");

        List<Part> parts = ChatRequests.read(body, new Notes(false)).turns().getFirst().parts();

        Slice image = ((Media.Base64) ((Part.Image) parts.getFirst()).media()).data();
        Slice text = ((Part.Text) parts.getLast()).text();
        assertThat(image.bytes()).isSameAs(body.bytes());
        assertThat(image.length()).isEqualTo(200_000);
        assertThat(text.bytes()).isSameAs(body.bytes());
        assertThat(text.length()).isEqualTo(200_000);
    }

    private static List<CacheMark> marks(String members) {
        return silently("{" + members + "}").turns().getFirst().parts().stream()
                .map(part -> ((Part.Text) part).cache())
                .toList();
    }

    private static Part image(Media media) {
        return new Part.Image(media, CacheMark.None);
    }

    private static Part document(Media media, Slice title) {
        return new Part.Document(media, title, NOTHING, false, CacheMark.None);
    }

    private static Part call(String id, String name, String input) {
        return new Part.ToolCall(id, name, new Arguments.Value(json(input)), CacheMark.None);
    }
}

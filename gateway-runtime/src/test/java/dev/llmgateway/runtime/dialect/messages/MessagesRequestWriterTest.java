package dev.llmgateway.runtime.dialect.messages;

import static dev.llmgateway.runtime.dialect.messages.HubRequest.call;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.document;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.hi;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.image;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.result;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.messages.HubRequest.Written;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of translation.md 2.1 about the conversation.
class MessagesRequestWriterTest {
    private static final String HI =
            "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}";

    @Test
    void the_whole_body_has_the_routed_model_and_nothing_that_was_not_asked_for() {
        HubRequest request = hi().system(text("Be brief.")).stream();
        JsonBytes out = new JsonBytes();

        MessagesRequestWriter.write(request.request(), request.target(), new Notes(true), out);

        assertThat(out.slice().toString())
                .isEqualTo(
                        "{\"model\":\"claude-x\",\"max_tokens\":100,\"stream\":true,"
                                + "\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\"}],"
                                + "\"messages\":["
                                + HI
                                + "]}");
    }

    @Test
    void leading_instructions_are_blocks_of_system_in_order_and_blank_ones_are_left_out() {
        Written written = hi().system(text("a")).system(text(" \\n")).system(text("b")).written();

        assertThat(written.member("system"))
                .isEqualTo(
                        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]");
        assertThat(hi().system(text(" ")).written().member("system")).isEqualTo("absent");
    }

    @Test
    void later_instructions_join_system_unless_the_model_takes_them_in_place() {
        Written written = hi().system(text("a")).midSystem(text("b")).written();

        assertThat(written.member("system"))
                .isEqualTo(
                        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]");
        assertThat(written.member("messages")).isEqualTo("[" + HI + "]");
        assertThat(written.notes()).isEmpty();
    }

    @Test
    void instructions_stay_behind_a_user_and_before_an_assistant_and_adjacent_ones_are_one() {
        Written written =
                hi().midSystem(text("a"))
                        .midSystem(text(" "))
                        .midSystem(text("b"))
                        .assistant(text("ok"))
                        .user(text("go"))
                        .midSystem(text("c"))
                        .nativeMidSystem()
                        .written();

        assertThat(written.member("system")).isEqualTo("absent");
        assertThat(roles(written)).isEqualTo("user system assistant user system");
        assertThat(written.json().at("/messages/1").toString())
                .isEqualTo(
                        "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                + "{\"type\":\"text\",\"text\":\"b\"}]}");
    }

    @Test
    void instructions_never_come_first_nor_behind_an_assistant_nor_before_a_user() {
        Written written =
                new HubRequest()
                        .midSystem(text("first"))
                        .user(text("hi"))
                        .assistant(text("ok"))
                        .midSystem(text("behind an assistant"))
                        .user(text("more"))
                        .midSystem(text("before a user"))
                        .user(text("go"))
                        .nativeMidSystem()
                        .written();

        assertThat(roles(written)).isEqualTo("user assistant user user");
        assertThat(written.json().path("system")).hasSize(3);
    }

    @Test
    void instructions_never_part_a_call_from_its_result() {
        Written written =
                hi().assistant(call("f", "{}"))
                        .midSystem(text("now"))
                        .user(result(text("1")))
                        .nativeMidSystem()
                        .written();

        assertThat(roles(written)).isEqualTo("user assistant user");
        assertThat(written.json().at("/system/0/text").asText()).isEqualTo("now");
    }

    @Test
    void instructions_may_follow_an_assistant_that_ends_with_a_servers_result() {
        String block = "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[]}";
        Written written =
                hi().assistant(new Part.ServerTool("web_search_tool_result", Slice.of(block)))
                        .midSystem(text("now"))
                        .nativeMidSystem()
                        .written();

        assertThat(roles(written)).isEqualTo("user assistant system");
        assertThat(written.json().at("/messages/1/content/0").toString()).isEqualTo(block);
    }

    @Test
    void what_is_no_text_in_instructions_is_named() {
        Written written =
                hi().midSystem(text("a"), new Part.Other("video", Slice.of("{}"))).written();

        assertThat(written.notes())
                .containsExactly("messages[1].content[1]=instructions are text only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\n\\t ", "\\u00a0", "\u3000\u00a0", "\\f"})
    void a_blank_text_is_left_out_and_a_message_left_empty_is_refused(String blank) {
        assertThat(hi().user(text(blank), text("x")).written().json().at("/messages/1/content"))
                .hasSize(1);
        assertThat(hi().user(text(blank)).refused()).isEqualTo("messages[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\n", "\\\"", "\\u0041", "日", "é", "😀", "\u200b", "\\b"})
    void a_text_of_something_else_than_spaces_stays(String text) {
        assertThat(new HubRequest().user(text(text)).written().json().at("/messages/0/content"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, image/png",
        "image/jpg, image/jpeg",
        "image/gif, image/gif",
        "image/webp, image/webp"
    })
    void an_image_of_a_known_type_is_carried(String type, String written) {
        Part image = image(new Media.Base64(type, Slice.of("QUJD")));

        assertThat(new HubRequest().user(image).written().member("messages"))
                .isEqualTo(
                        "[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":"
                                + "{\"type\":\"base64\",\"media_type\":\""
                                + written
                                + "\",\"data\":\"QUJD\"}}]}]");
    }

    @Test
    void an_image_of_another_type_or_by_id_is_refused() {
        assertThat(hi().user(image(new Media.Base64("image/bmp", Slice.of("QQ==")))).refused())
                .isEqualTo("messages[1].content[0].image_url");
        assertThat(hi().user(text("see"), image(new Media.FileId(Slice.of("file_1")))).refused())
                .isEqualTo("messages[1].content[1].image_url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a/b.png", "HTTP://a", "https:\\/\\/a\\/b.png"})
    void an_image_at_an_address_is_carried(String url) {
        Written written = new HubRequest().user(image(new Media.Url(Slice.of(url)))).written();

        assertThat(written.json().at("/messages/0/content/0/source").toString())
                .isEqualTo("{\"type\":\"url\",\"url\":\"" + url.replace("\\/", "/") + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "file:///etc/passwd", "", "//a"})
    void an_image_at_another_address_is_refused(String url) {
        assertThat(hi().user(image(new Media.Url(Slice.of(url)))).refused())
                .isEqualTo("messages[1].content[0].image_url");
    }

    @Test
    void audio_is_refused_for_a_user_and_named_for_an_assistant() {
        Part audio = new Part.Audio(Slice.of("QQ=="), "wav");

        assertThat(hi().user(text("x"), audio).refused())
                .isEqualTo("messages[1].content[1].input_audio");
        assertThat(hi().assistant(text("x"), audio).user(text("y")).written().notes())
                .containsExactly("messages[1].audio=an assistant's audio has no place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/pdf", ""})
    void a_pdf_is_a_document_with_the_files_name(String type) {
        Part pdf = document(new Media.Base64(type, Slice.of("JVBERg==")), "a.pdf");

        assertThat(content(new HubRequest().user(pdf).written()))
                .isEqualTo(
                        "[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":"
                                + "\"application/pdf\",\"data\":\"JVBERg==\"},\"title\":\"a.pdf\"}]");
    }

    @Test
    void a_text_file_is_a_document_with_its_text_decoded() {
        String text = "say \"é\"\n";
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        Part file = document(new Media.Base64("text/markdown", Slice.of(data)), "");

        Written written = new HubRequest().user(file).written();

        assertThat(written.json().at("/messages/0/content/0/source/data").asText()).isEqualTo(text);
        assertThat(content(written))
                .startsWith(
                        "[{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":"
                                + "\"text/plain\",\"data\":");
    }

    @Test
    void other_files_broken_texts_and_ids_are_refused() {
        assertThat(
                        hi().user(document(new Media.Base64("application/zip", Slice.of("")), ""))
                                .refused())
                .isEqualTo("messages[1].content[0].file.file_data");
        assertThat(
                        hi().user(document(new Media.Base64("text/plain", Slice.of("%%")), ""))
                                .refused())
                .isEqualTo("messages[1].content[0].file.file_data");
        assertThat(
                        hi().user(document(new Media.Base64("text/plain", Slice.of("/w==")), ""))
                                .refused())
                .isEqualTo("messages[1].content[0].file.file_data");
        assertThat(hi().user(document(new Media.FileId(Slice.of("file_1")), "")).refused())
                .isEqualTo("messages[1].content[0].file.file_id");
    }

    @Test
    void anthropics_own_documents_and_search_results_are_carried_whole() {
        Part document =
                new Part.Document(
                        new Media.Parts(List.of(text("a"))),
                        Slice.of("t"),
                        Slice.of("c"),
                        true,
                        CacheMark.Long);
        Part found =
                new Part.SearchResult(
                        Slice.of("t"), Slice.of("s"), List.of(text("x")), CacheMark.None);
        Part plain = document(new Media.PlainText(Slice.of("p")), "");
        Part url = document(new Media.Url(Slice.of("https://a/b.pdf")), "");

        assertThat(content(new HubRequest().user(document, found, plain, url).written()))
                .isEqualTo(
                        "[{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":"
                                + "[{\"type\":\"text\",\"text\":\"a\"}]},\"title\":\"t\",\"context\":\"c\","
                                + "\"citations\":{\"enabled\":true},"
                                + "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}},"
                                + "{\"type\":\"search_result\",\"source\":\"s\",\"title\":\"t\","
                                + "\"content\":[{\"type\":\"text\",\"text\":\"x\"}]},"
                                + "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":"
                                + "\"text/plain\",\"data\":\"p\"}},"
                                + "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":"
                                + "\"https://a/b.pdf\"}}]");
    }

    @Test
    void a_part_of_an_unknown_type_is_named() {
        Part video = new Part.Other("video_url", Slice.of("{\"type\":\"video_url\"}"));
        Written written = hi().user(text("x"), video).written();

        assertThat(written.notes())
                .containsExactly("messages[1].content[1]=a part of an unknown type");
        assertThat(hi().user(text("x"), video).from(WireFormat.Messages).written().notes())
                .isEmpty();
    }

    @Test
    void an_assistant_that_says_nothing_is_left_out() {
        Written written =
                hi().assistant(text(""), new Part.Thinking(Slice.of("hm"), Slice.EMPTY))
                        .user(text("go"))
                        .written();

        assertThat(roles(written)).isEqualTo("user user");
        assertThat(written.notes()).isEmpty();
    }

    @Test
    void a_refusal_of_the_assistant_is_a_text() {
        Written written =
                hi().assistant(new Part.Refusal(Slice.of("no"))).user(text("why")).written();

        assertThat(written.json().at("/messages/1/content").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"no\"}]");
    }

    @Test
    void thoughts_that_anthropic_signed_lead_their_turn_in_their_order() {
        Written written =
                hi().assistant(
                                text("so"),
                                new Part.Thinking(Slice.of(""), Slice.of("EqQB")),
                                new Part.RedactedThinking(Slice.of("Eno=")),
                                call("f", "{}"))
                        .user(result())
                        .written();

        assertThat(written.json().at("/messages/1/content").toString())
                .isEqualTo(
                        "[{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"EqQB\"},"
                                + "{\"type\":\"redacted_thinking\",\"data\":\"Eno=\"},"
                                + "{\"type\":\"text\",\"text\":\"so\"},"
                                + "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":{}}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gwC1.0a1b2c3d", "gwO1.eyJ9", "gwA1.x", ""})
    void thoughts_that_others_signed_are_dropped(String signature) {
        Written written =
                hi().assistant(
                                new Part.Thinking(Slice.of("hm"), Slice.of(signature)),
                                new Part.RedactedThinking(Slice.of(signature)),
                                text("so"))
                        .user(text("go"))
                        .written();

        assertThat(written.json().at("/messages/1/content").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"so\"}]");
        assertThat(written.notes()).isEmpty();
    }

    @Test
    void a_model_that_does_not_think_gets_no_thoughts() {
        Written written =
                hi().assistant(new Part.Thinking(Slice.of("hm"), Slice.of("EqQB")), text("so"))
                        .user(text("go"))
                        .thinks("N")
                        .written();

        assertThat(written.json().at("/messages/1/content")).hasSize(1);
    }

    @Test
    void the_start_of_a_reply_is_gone_on_with_without_the_spaces_at_its_end() {
        assertThat(hi().assistant(text("{\\\"a\\\": \\n ")).written().json().at("/messages/1"))
                .hasToString(
                        "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
                                + "\"text\":\"{\\\"a\\\":\"}]}");
        assertThat(
                        hi().assistant(text("C:\\\\n"))
                                .written()
                                .json()
                                .at("/messages/1/content/0/text")
                                .asText())
                .isEqualTo("C:\\n");
    }

    @Test
    void the_start_of_a_reply_is_refused_where_the_model_refuses_it() {
        assertThat(hi().assistant(text("so")).rejectingPrefill().refused())
                .isEqualTo("messages[1]");
        assertThat(roles(hi().assistant(text(" ")).rejectingPrefill().written())).isEqualTo("user");
    }

    @Test
    void instructions_alone_are_no_conversation() {
        assertThat(new HubRequest().system(text("a")).refused()).isEqualTo("messages");
        assertThat(new HubRequest().assistant(new Part.Other("x", Slice.of("{}"))).refused())
                .isEqualTo("messages");
    }

    private static String content(Written written) {
        return written.json().at("/messages/0/content").toString();
    }

    private static String roles(Written written) {
        return String.join(" ", written.json().path("messages").findValuesAsText("role"));
    }
}

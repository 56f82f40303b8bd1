package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Losses of replies are named (translation.md, Row actions), and how a reply was served is told.
class ReplyLossesTest {
    private static final String MESSAGE =
            "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':["
                    + "{'type':'text','text':'a','citations':CITATIONS}],'stop_reason':'REASON',"
                    + "'usage':{'input_tokens':1,'output_tokens':1,'service_tier':TIER}}";

    private static final String COMPLETION =
            "{'id':'chatcmpl-1','object':'chat.completion','created':1,'model':'m'TIER,'choices':["
                    + "{'index':0,'message':{'role':'assistant','content':'a'MEMBERS},'finish_reason':'stop'}]}";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_turn_that_pauses_is_told_as_stop_and_named(boolean stream) {
        byte[] reply = message("[]", "pause_turn", "null");

        for (WireFormat client : List.of(WireFormat.ChatCompletions, WireFormat.Completions)) {
            assertThat(Crossing.plain(client, WireFormat.Messages).losses(reply, false, stream))
                    .singleElement()
                    .asString()
                    .startsWith("reply.finish_reason=pause_turn");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void citations_of_documents_are_named_and_those_of_pages_are_carried(boolean stream) {
        Crossing chat = Crossing.plain(WireFormat.ChatCompletions, WireFormat.Messages);
        byte[] document =
                message("[{'type':'char_location','cited_text':'a'}]", "end_turn", "null");
        byte[] page =
                message(
                        "[{'type':'web_search_result_location','url':'u','title':'t'}]",
                        "end_turn",
                        "null");

        assertThat(chat.losses(document, false, stream))
                .singleElement()
                .asString()
                .startsWith("reply.annotations=");
        assertThat(chat.losses(page, false, stream)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void annotations_have_no_form_in_messages_and_are_named(boolean stream) {
        Crossing messages = Crossing.plain(WireFormat.Messages, WireFormat.ChatCompletions);
        byte[] cited = completion("", ",'annotations':[{'type':'url_citation','url_citation':{}}]");
        byte[] plain = completion("", ",'annotations':[]");

        assertThat(messages.losses(cited, false, stream))
                .singleElement()
                .asString()
                .startsWith("reply.citations=");
        assertThat(messages.losses(plain, false, stream)).isEmpty();
    }

    @Test
    void annotations_of_a_delta_are_named_too() {
        String chunk =
                "data: {'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'m',"
                        + "'choices':[{'index':0,'delta':{'content':'a'ANNOTATIONS},'finish_reason':null}]}\n\n";
        String end =
                """
                data: {'id':'chatcmpl-1','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}

                data: [DONE]

                """;
        String stream =
                chunk.replace("ANNOTATIONS", "")
                        + chunk.replace("ANNOTATIONS", ",'annotations':[{'type':'url_citation'}]")
                        + end;

        assertThat(
                        Crossing.plain(WireFormat.Messages, WireFormat.ChatCompletions)
                                .losses(bytes(stream), true, true))
                .hasSize(1);
    }

    @Test
    void arguments_that_are_no_json_are_named() {
        byte[] reply =
                completion(
                        "",
                        ",'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{]'}}]");

        assertThat(
                        Crossing.plain(WireFormat.Messages, WireFormat.ChatCompletions)
                                .losses(reply, false, false))
                .singleElement()
                .asString()
                .startsWith("reply.content=");
    }

    @ParameterizedTest
    @CsvSource({
        "standard,default",
        "priority,priority",
        "batch,default",
        "of_tomorrow,",
    })
    void chat_clients_are_told_the_tier(String told, @Nullable String shown) {
        byte[] reply = message("[]", "end_turn", "'" + told + "'");
        Crossing chat = Crossing.plain(WireFormat.ChatCompletions, WireFormat.Messages);

        JsonNode document = FieldRow.tree(chat.reply(reply, false, false));
        String chunk = chat.reply(reply, false, true).lines().findFirst().orElseThrow();

        assertThat(document.path("service_tier").asText()).isEqualTo(shown == null ? "" : shown);
        assertThat(FieldRow.tree(chunk.substring(6)).path("service_tier").asText())
                .isEqualTo(shown == null ? "" : shown);
    }

    @ParameterizedTest
    @CsvSource({"default,standard", "priority,priority", "flex,null"})
    void messages_clients_are_told_the_tier(String told, String shown) {
        byte[] reply = completion(",'service_tier':'" + told + "'", "");
        Crossing messages = Crossing.plain(WireFormat.Messages, WireFormat.ChatCompletions);

        JsonNode document = FieldRow.tree(messages.reply(reply, false, false));
        String start = messages.reply(reply, false, true).lines().skip(1).findFirst().orElseThrow();

        assertThat(document.at("/usage/service_tier").asText()).isEqualTo(shown);
        assertThat(FieldRow.tree(start.substring(6)).at("/message/usage/service_tier").asText())
                .isEqualTo(shown);
    }

    private static byte[] message(String citations, String reason, String tier) {
        return bytes(
                MESSAGE.replace("CITATIONS", citations)
                        .replace("REASON", reason)
                        .replace("TIER", tier));
    }

    private static byte[] completion(String tier, String members) {
        return bytes(COMPLETION.replace("TIER", tier).replace("MEMBERS", members));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }
}

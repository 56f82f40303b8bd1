package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each reply of the golden matrix, cut at every byte, before each client.
class CutAnywhereTest {
    private static final List<GoldenCase> REPLIES =
            GoldenCase.all().stream().filter(reply -> !reply.isRequest()).toList();

    static List<GoldenCase> replies() {
        return REPLIES;
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_in_single_bytes_is_the_same_reply(GoldenCase reply) {
        byte[] bytes = reply.text().getBytes(UTF_8);
        for (WireFormat client : reply.others()) {
            for (boolean stream : List.of(true, false)) {
                Crossing crossing = Crossing.plain(client, reply.format());
                String whole = crossing.reply(bytes, reply.streams(), stream);

                assertThat(crossing.reply(bytes, reply.streams(), stream, 1))
                        .as("to %s, stream %s", client, stream)
                        .isEqualTo(whole);
            }
        }
    }

    /// Clients of Responses may go by the events or by the last of them alone.
    @ParameterizedTest
    @MethodSource("replies")
    void the_events_of_a_responses_stream_add_up_to_its_document(GoldenCase reply) {
        if (reply.format() == WireFormat.Responses) {
            return;
        }
        byte[] bytes = reply.text().getBytes(UTF_8);
        Crossing crossing = Crossing.plain(WireFormat.Responses, reply.format());
        String stream = crossing.reply(bytes, reply.streams(), true);
        JsonNode document = FieldRow.tree(crossing.reply(bytes, reply.streams(), false));

        ResponseFold fold = ResponseFold.of(stream);

        if (document.path("type").asText().equals("error")) {
            assertThat(fold.last().path("type").asText()).isEqualTo("response.failed");
        } else {
            assertThat(fold.last().path("response")).isEqualTo(document);
            assertThat(fold.output()).isEqualTo(document.path("output"));
        }
    }
}

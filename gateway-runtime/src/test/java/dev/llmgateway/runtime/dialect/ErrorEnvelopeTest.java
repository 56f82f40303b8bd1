package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorEnvelopeTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Test
    void before_detection_it_is_the_hybrid_of_both_families() {
        GatewayError error = new GatewayError(ErrorCode.RATE_LIMITED, "slow", "", 3);

        assertThat(ErrorEnvelope.body(error, null, "req_1"))
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\","
                                + "\"param\":null,\"code\":\"rate_limit_exceeded\"},\"request_id\":\"req_1\"}");
    }

    @Test
    void the_type_is_the_familys_own() throws IOException {
        GatewayError error = GatewayError.of(ErrorCode.OVERLOADED, "full");

        assertThat(type(error, WireFormat.Messages)).isEqualTo("overloaded_error");
        assertThat(type(error, WireFormat.CountTokens)).isEqualTo("overloaded_error");
        assertThat(type(error, WireFormat.ChatCompletions)).isEqualTo("service_unavailable_error");
        assertThat(type(error, WireFormat.Responses)).isEqualTo("service_unavailable_error");
    }

    @Test
    void an_overload_is_529_for_messages_only() {
        assertThat(ErrorEnvelope.status(ErrorCode.OVERLOADED, WireFormat.Messages)).isEqualTo(529);
        assertThat(ErrorEnvelope.status(ErrorCode.OVERLOADED, WireFormat.Responses)).isEqualTo(503);
        assertThat(ErrorEnvelope.status(ErrorCode.OVERLOADED, null)).isEqualTo(503);
        assertThat(ErrorEnvelope.status(ErrorCode.BAD_REQUEST, WireFormat.Messages)).isEqualTo(400);
    }

    @Test
    void an_empty_code_is_null_and_a_param_is_named() throws IOException {
        GatewayError error = new GatewayError(ErrorCode.BAD_REQUEST, "m", "messages[0]", 0);

        JsonNode body = JACKSON.readTree(ErrorEnvelope.body(error, WireFormat.Messages, "r"));

        assertThat(body.path("error").path("code").isNull()).isTrue();
        assertThat(body.path("error").path("param").asText()).isEqualTo("messages[0]");
    }

    @Test
    void messages_stream_ends_in_an_error_event() {
        assertThat(event(WireFormat.Messages, StreamPosition.NONE))
                .startsWith(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
                .endsWith("\"request_id\":\"req_1\"}\n\n");
    }

    @Test
    void chat_stream_ends_in_an_error_object_and_done() {
        assertThat(event(WireFormat.ChatCompletions, StreamPosition.NONE))
                .isEqualTo(
                        "data: {\"error\":{\"type\":\"server_error\",\"message\":\"cut\",\"param\":null,"
                                + "\"code\":\"upstream_error\"}}\n\n")
                .isEqualTo(event(WireFormat.Completions, StreamPosition.NONE));
    }

    @Test
    void responses_stream_ends_in_a_nested_error_and_response_failed() {
        String events = event(WireFormat.Responses, new StreamPosition("resp_7", 5));

        assertThat(events)
                .startsWith(
                        "event: error\ndata: {\"type\":\"error\",\"sequence_number\":5,\"error\":{\"type\"")
                .contains(
                        "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":6,"
                                + "\"response\":{\"id\":\"resp_7\"")
                .contains("\"error\":{\"code\":\"server_error\",\"message\":\"cut\"}");
    }

    /// Codex reads the wait from the words (translation.md 5.2).
    @Test
    void a_rate_limits_words_say_when_to_come_again_unless_they_do_already() {
        var silent = new GatewayError(ErrorCode.RATE_LIMITED, "Slowly.", "", 7);
        var telling = new GatewayError(ErrorCode.RATE_LIMITED, "Please try again in 6.5s.", "", 7);

        String stream =
                new String(
                        ErrorEnvelope.streamEvent(
                                silent, WireFormat.Responses, "r", StreamPosition.NONE),
                        UTF_8);

        assertThat(stream)
                .contains(
                        "\"code\":\"rate_limit_exceeded\",\"message\":\"Slowly. Please try again in 7s.\"");
        assertThat(ErrorEnvelope.body(silent, WireFormat.ChatCompletions, "r"))
                .contains("\"Slowly. Please try again in 7s.\"");
        assertThat(ErrorEnvelope.body(silent, WireFormat.Messages, "r")).contains("\"Slowly.\"");
        assertThat(ErrorEnvelope.body(telling, WireFormat.Responses, "r"))
                .contains("\"Please try again in 6.5s.\"");
    }

    @Test
    void a_responses_stream_that_was_not_created_is_created_first() {
        assertThat(event(WireFormat.Responses, StreamPosition.NONE))
                .startsWith(
                        "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0")
                .contains("\"type\":\"error\",\"sequence_number\":1")
                .contains("\"type\":\"response.failed\",\"sequence_number\":2");
    }

    @Test
    void our_own_events_are_an_end_and_an_error_to_our_own_taps() {
        for (WireFormat format : WireFormat.values()) {
            ReplyTap tap = new ReplyTaps().take(format, true, null, null);
            byte[] events =
                    ErrorEnvelope.streamEvent(
                            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "cut"),
                            format,
                            "req_1",
                            StreamPosition.NONE);
            tap.pass(Unpooled.wrappedBuffer(events)).release();

            assertThat(tap.ended()).as(format.name()).isTrue();
            assertThat(tap.sawError()).as(format.name()).isTrue();
            assertThat(tap.errorKind()).isNotEmpty();
        }
    }

    private static String event(WireFormat format, StreamPosition position) {
        GatewayError error = GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "cut");
        return new String(ErrorEnvelope.streamEvent(error, format, "req_1", position), UTF_8);
    }

    private static String type(GatewayError error, WireFormat format) throws IOException {
        return JACKSON.readTree(ErrorEnvelope.body(error, format, "r"))
                .path("error")
                .path("type")
                .asText();
    }
}

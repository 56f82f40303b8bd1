package dev.llmgateway.runtime.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.translation.Streams;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesDocumentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "<html>",
                "{\"type\":\"message\",\"content\":[],\"stop_reason\":null}",
                "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\"} x",
                "{\"type\":\"error\"}",
                "{\"type\":\"error\",\"error\":\"text\"}"
            })
    void what_is_no_finished_message_has_failed_and_tells_nothing_else(String document) {
        assertThat(Streams.events(new MessagesDocument(), document))
                .singleElement()
                .isInstanceOfSatisfying(
                        ReplyEvent.Fail.class,
                        fail ->
                                assertThat(fail.error().code())
                                        .isEqualTo(ErrorCode.UPSTREAM_BROKEN));
    }

    @Test
    void an_error_object_with_a_status_of_success_has_failed() {
        assertThat(
                        Streams.events(
                                new MessagesDocument(),
                                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                                        + "\"message\":\"Over\"}}"))
                .containsExactly(
                        new ReplyEvent.Fail(GatewayError.of(ErrorCode.OVERLOADED, "Over")));
    }
}

package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.transport.TransportFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {
    @ParameterizedTest
    @CsvSource({
        "Request, 400 404 405 409 413 415 422 418 451",
        "Upstream, 300 301 302 304 307 308 408 500 501 502 504 505 520 523 527 599",
        "Capacity, 429 503 529",
        "Credential, 401 402 403"
    })
    void reads_a_status_by_the_table(FailureClass failure, String statuses) {
        for (String status : statuses.split(" ", -1)) {
            assertThat(FailureClassifier.reply(Integer.parseInt(status), Accounts.HEALTH))
                    .as(status)
                    .isEqualTo(new ReplyClass.Failed(failure, false));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void two_hundreds_are_success(int status) {
        assertThat(FailureClassifier.reply(status, Accounts.HEALTH))
                .isEqualTo(new ReplyClass.Success());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | Capacity   | {\"error\":{\"code\":\"insufficient_quota\"}}",
                "402 | Credential | {\"type\":\"error\",\"error\":{\"type\":\"billing_error\"}}",
                "429 | Capacity   | {\"error\":{\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}",
                "400 | Capacity   | {\"error\":{\"message\":\"Your credit balance is too low to\"}}"
            })
    void a_used_up_account_is_told_from_a_busy_one(int status, FailureClass failure, String body) {
        assertThat(FailureClassifier.reply(status, Accounts.HEALTH, body))
                .isEqualTo(new ReplyClass.Failed(failure, true));
    }

    @Test
    void a_request_that_quotes_the_words_stays_the_requests_fault() {
        String echoed = "{\"message\":\"bad input: \\\"Your credit balance is too low\\\"\"}";
        String quota =
                "{\"message\":\"insufficient_quota\\\"\",\"code\":\"\\\"billing_error\\\"\"}";

        assertThat(FailureClassifier.reply(400, Accounts.HEALTH, quota))
                .isEqualTo(new ReplyClass.Failed(FailureClass.Request, false));
        assertThat(FailureClassifier.reply(429, Accounts.HEALTH, quota))
                .isEqualTo(new ReplyClass.Failed(FailureClass.Capacity, false));
        assertThat(FailureClassifier.reply(400, Accounts.HEALTH, echoed))
                .isEqualTo(new ReplyClass.Failed(FailureClass.Request, false));
    }

    @ParameterizedTest
    @CsvSource({
        "Dns, false, Transport",
        "Forbidden, false, Transport",
        "Connect, false, Transport",
        "Tls, false, Transport",
        "PoolExhausted, false, Transport",
        "Closed, false, Transport",
        "Timeout, false, Transport",
        "Timeout, true, Upstream",
        "Truncated, true, Upstream",
        "Malformed, true, Upstream"
    })
    void reads_a_broken_call_by_the_table(
            TransportFailure.Kind kind, boolean replied, FailureClass failure) {
        TransportFailure broken = new TransportFailure(kind, "", true, false, replied);

        assertThat(FailureClassifier.failure(broken)).isEqualTo(failure);
    }

    @Test
    void every_kind_of_broken_call_blames_the_way_or_the_provider() {
        for (TransportFailure.Kind kind : TransportFailure.Kind.values()) {
            TransportFailure broken = new TransportFailure(kind, "", true, true, false);

            assertThat(List.of(FailureClass.Transport, FailureClass.Upstream))
                    .contains(FailureClassifier.failure(broken));
        }
    }
}

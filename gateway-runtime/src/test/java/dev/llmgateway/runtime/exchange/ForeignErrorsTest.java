package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.ForeignError;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.transport.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tables of translation.md 5.2 and 5.3, row by row: what a client of the other family is told
/// of an upstream's error. `-`: null, or none.
class ForeignErrorsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | invalid_request_error | messages: at least one | 400 | invalid_request_error | -",
                "400 | invalid_request_error | prompt is too long: 9 tokens > 8 maximum | 400 | invalid_request_error | context_length_exceeded",
                "400 | invalid_request_error | input length and max_tokens exceed context limit | 400 | invalid_request_error | context_length_exceeded",
                "401 | authentication_error | invalid x-api-key | 401 | invalid_request_error | invalid_api_key",
                "402 | billing_error | no money | 429 | insufficient_quota | insufficient_quota",
                "403 | permission_error | not yours | 403 | invalid_request_error | permission_denied",
                "404 | not_found_error | model: claude-9 | 404 | invalid_request_error | model_not_found",
                "404 | not_found_error | no such batch | 404 | invalid_request_error | -",
                "409 | conflict_error | busy | 409 | invalid_request_error | conflict",
                "413 | request_too_large | too large | 413 | invalid_request_error | request_too_large",
                "429 | rate_limit_error | slowly | 429 | rate_limit_error | rate_limit_exceeded",
                "500 | api_error | oh | 500 | server_error | -",
                "504 | timeout_error | late | 504 | server_error | timeout",
                "529 | overloaded_error | full | 503 | service_unavailable_error | server_is_overloaded",
            })
    void clients_of_openai_read_errors_of_anthropic(
            int upstream, String type, String message, int status, String shownType, String code)
            throws JsonProcessingException {
        Response told =
                told(
                        true,
                        upstream,
                        MAPPER.createObjectNode()
                                .put("type", type)
                                .put("message", message)
                                .toString());

        assertThat(told.status()).isEqualTo(status);
        assertThat(error(told).path("type").asText()).isEqualTo(shownType);
        assertThat(error(told).path("code").asText()).isEqualTo(code.equals("-") ? "null" : code);
        assertThat(error(told).path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | - | a | 400 | invalid_request_error | a",
                "400 | unsupported_value | a | 400 | invalid_request_error | a",
                "400 | context_length_exceeded | This model's maximum context length is 8 tokens. However, your messages resulted in 9 tokens. | 400 | invalid_request_error | prompt is too long: 9 tokens > 8 maximum",
                "400 | context_length_exceeded | Too much. | 400 | invalid_request_error | prompt is too long: Too much.",
                "401 | invalid_api_key | a | 401 | authentication_error | a",
                "403 | - | a | 403 | permission_error | a",
                "404 | model_not_found | a | 404 | not_found_error | a",
                "404 | - | a | 404 | not_found_error | a",
                "408 | - | a | 504 | timeout_error | a",
                "409 | - | a | 409 | conflict_error | a",
                "413 | - | a | 413 | request_too_large | a",
                "415 | - | a | 400 | invalid_request_error | a",
                "422 | - | a | 400 | invalid_request_error | a",
                "429 | rate_limit_exceeded | a | 429 | rate_limit_error | a",
                "429 | insufficient_quota | a | 402 | billing_error | a",
                "500 | - | a | 500 | api_error | a",
                "502 | - | a | 502 | api_error | a",
                "503 | - | a | 529 | overloaded_error | a",
                "504 | - | a | 504 | timeout_error | a",
            })
    void clients_of_anthropic_read_errors_of_openai(
            int upstream, String code, String message, int status, String type, String shown)
            throws JsonProcessingException {
        Response told =
                told(
                        false,
                        upstream,
                        MAPPER.createObjectNode()
                                .put("message", message)
                                .put(
                                        "type",
                                        upstream < 500 ? "invalid_request_error" : "server_error")
                                .put("code", code.equals("-") ? null : code)
                                .toString());

        assertThat(told.status()).isEqualTo(status);
        assertThat(error(told).path("type").asText()).isEqualTo(type);
        assertThat(error(told).path("message").asText()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "402 | {'type':'billing_error','message':'no money'} | true",
                "429 | {'type':'rate_limit_error','message':'a','details':{'error_code':'enforced_spend_limit_reached'}} | true",
                "409 | {'type':'conflict_error','message':'a'} | true",
                "429 | {'type':'rate_limit_error','message':'a','details':{'error_code':'a'}} | false",
                "529 | {'type':'overloaded_error','message':'a'} | false",
                "500 | {'type':'api_error','message':'a'} | false",
            })
    void sdks_are_told_not_to_repeat_what_lasts(int upstream, String error, boolean lasting)
            throws JsonProcessingException {
        Response told = told(true, upstream, error.replace('\'', '"'));

        assertThat(told.headers().toString().contains("x-should-retry: false")).isEqualTo(lasting);
        assertThat(error(told).path("code").asText().equals("insufficient_quota"))
                .isEqualTo(lasting && upstream != 409);
    }

    private static Response told(boolean anthropic, int status, String error) {
        WireFormat client = anthropic ? WireFormat.ChatCompletions : WireFormat.Messages;
        Slice bytes = Slice.of("{\"type\":\"error\",\"error\":" + error + "}");
        return Answers.error(ForeignError.read(anthropic, status, bytes), client, "req_1");
    }

    private static JsonNode error(Response told) throws JsonProcessingException {
        return MAPPER.readTree(told.body()).path("error");
    }
}

package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How long a busy account is left alone (reliability-security.md R10).
class BackOffIT {
    private static final String MESSAGES =
            "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}";

    static Stream<Arguments> waits() {
        String inAMinute =
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now().plusSeconds(60));
        return Stream.of(
                after(7_000, "retry-after: 7"),
                after(700, "retry-after-ms: 700"),
                after(700, "retry-after: 9", "retry-after-ms: 700"),
                after(60_000, "retry-after: " + inAMinute),
                // At most five minutes are believed.
                after(300_000, "retry-after: 1e9"),
                after(300_000, "retry-after: Fri, 31 Dec 9999 23:59:59 GMT"),
                // No wait that makes sense: the cool-down's own base.
                after(5_000, "retry-after: junk"),
                after(5_000, "retry-after: -5"),
                after(5_000),
                after(0, "retry-after: 0"),
                // The limit that is empty says when it is full again.
                after(
                        20_000,
                        "x-ratelimit-remaining-requests: 0",
                        "x-ratelimit-reset-requests: 20s"));
    }

    private static Arguments after(long millis, String... fields) {
        return Arguments.of(List.of(fields), millis);
    }

    @ParameterizedTest(name = "{0} means {1} ms")
    @MethodSource("waits")
    void a_busy_account_is_left_alone_for(List<String> fields, long millis) throws IOException {
        String lines = "content-type: application/json\r\n";
        for (String field : fields) {
            lines += field + "\r\n";
        }
        try (var upstream = FaultUpstream.always(Script.answer(429, lines, ERROR));
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(
                                        Plans.account("busy")
                                                .at(upstream.address() + "/v1")
                                                .plan()))) {
            long before = System.currentTimeMillis();
            gateway.post("/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}");
            AccountView view =
                    gateway.services().accounts().of("UpstreamAccount/default/busy").view();

            long wait = view.untilMillis() - before;
            boolean stated = millis != 5_000;
            // What is stated is only ever lengthened, by a fifth at most; dates have whole seconds.
            assertThat(wait)
                    .isBetween(
                            (long) (millis * (stated ? 1 : 0.8)) - (stated ? 1_100 : 0),
                            Math.min(300_000, (long) (millis * 1.2)) + 1_500);
            assertThat(view.phase()).isEqualTo("CoolingDown");
        }
    }

    /// Where no head says it, as inside a stream, the error's words do.
    @ParameterizedTest(name = "{0} asked by {1}, streaming: {2}")
    @CsvSource({
        "Responses, /v1/responses, true",
        "Responses, /v1/messages, true",
        "ChatCompletions, /v1/chat/completions, true",
        "ChatCompletions, /v1/responses, true",
        "ChatCompletions, /v1/chat/completions, false"
    })
    void a_busy_account_is_left_alone_for_as_long_as_its_words_ask(
            WireFormat upstreams, String path, boolean stream) throws IOException {
        String error =
                "{'code':'rate_limit_exceeded','type':'tokens','message':'Please try again in 40s.'}"
                        .replace('\'', '"');
        String event =
                upstreams == WireFormat.Responses
                        ? "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":"
                                + "{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":"
                                + error
                                + "}}\n\n"
                        : "data: {\"error\":" + error + "}\n\n";
        Script limited =
                stream
                        ? Script.events(event).endOfChunks()
                        : Script.json(429, "{\"error\":" + error + "}");
        String asked = path.endsWith("responses") ? "\"input\":\"Hi\"" : MESSAGES;
        try (var upstream = FaultUpstream.always(limited);
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(
                                        Plans.account("busy")
                                                .at(upstream.address() + "/v1")
                                                .formats(upstreams)
                                                .plan()))) {
            long before = System.currentTimeMillis();
            gateway.post(
                    path,
                    "anthropic-version: 2023-06-01\r\n" + GatewayFixture.FIELDS,
                    "{\"model\":\"m\",\"stream\":" + stream + "," + asked + "}");
            AccountView view =
                    gateway.services().accounts().of("UpstreamAccount/default/busy").view();

            assertThat(view.phase()).isEqualTo("CoolingDown");
            assertThat(view.untilMillis() - before).isBetween(39_000L, 120_000L);
        }
    }
}

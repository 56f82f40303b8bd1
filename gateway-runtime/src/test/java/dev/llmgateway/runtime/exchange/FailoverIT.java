package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two accounts, no configuration: the first fails, and the client is answered by the second as if
/// nothing had been; what is the client's own fault is told at once.
class FailoverIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String GOOD = "{\"id\":\"chatcmpl-1\",\"choices\":[],\"model\":\"m\"}";
    private static final String ERROR =
            "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"code\":null}}";

    private static GatewayPlan plan(FaultUpstream first, FaultUpstream second) {
        return Plans.gateway(
                List.of(account("a", first, 0), account("b", second, 1)),
                List.of(GatewayFixture.key().plan()));
    }

    private static AccountPlan account(String name, FaultUpstream upstream, int priority) {
        return Plans.account(name)
                .at(upstream.address() + "/v1")
                .formats(WireFormat.ChatCompletions, WireFormat.Messages)
                .priority(priority)
                .plan();
    }

    private static String streamed(String body) {
        return body.substring(0, body.length() - 1) + ",\"stream\":true}";
    }

    /// What fails before the client knows anything, for documents and streams alike.
    static Stream<Arguments> failures() {
        List<Arguments> all = new ArrayList<>();
        IntStream.of(401, 402, 403, 429, 500, 501, 502, 503, 504, 505, 520, 524, 529, 599, 408)
                .forEach(status ->
                        all.add(Arguments.of("status " + status, Script.json(status, ERROR))));
        IntStream.of(301, 302, 307)
                .forEach(status -> all.add(Arguments.of("status " + status, redirect(status))));
        for (String wait : List.of("1", "-5", "1e9", "junk", "Fri, 31 Dec 9999 23:59:59 GMT")) {
            String fields = "content-type: application/json\r\nretry-after: " + wait + "\r\n";
            all.add(Arguments.of("429, " + wait, Script.answer(429, fields, ERROR)));
        }
        all.add(Arguments.of("reset at once", Script.of(new Step.Reset())));
        all.add(Arguments.of("end at once", Script.of(new Step.End())));
        all.add(Arguments.of("garbage", Script.of(Step.write("garbage\r\n\r\n"), new Step.End())));
        all.add(
                Arguments.of(
                        "cut in the head",
                        Script.of(Step.write("HTTP/1.1 200 OK\r\ncontent-t"), new Step.Reset())));
        all.add(
                Arguments.of(
                        "head and no body",
                        Script.of(
                                Step.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"),
                                new Step.Reset())));
        return all.stream();
    }

    private static Script redirect(int status) {
        return Script.answer(status, "location: http://127.0.0.1:1/\r\n", "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void another_account_answers_a_document(String what, Script failure) throws IOException {
        try (var bad = FaultUpstream.always(failure);
                var good = FaultUpstream.always(Script.json(200, GOOD));
                var gateway = GatewayFixture.serving(plan(bad, good))) {

            HttpMessage reply = gateway.post(CHAT, ASK);

            assertThat(reply.status()).as(what).isEqualTo(200);
            assertThat(reply.text()).isEqualTo(GOOD);
            assertThat(reply.field("x-gateway-attempts")).hasValue("2");
            assertThat(bad.received()).hasSize(1);
            assertThat(good.received()).hasSize(1);
            assertThat(good.received().getFirst().message().text()).isEqualTo(ASK);
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("account").asText()).isEqualTo("default/b");
            assertThat(line.path("attempts").asInt()).isEqualTo(2);
            assertThat(line.path("outcome").asText()).isEqualTo("served");
        }
    }

    /// What fails in a stream before its first content.
    static Stream<Arguments> earlyStreamFailures() {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "m", "Hel", "lo");
        String overloaded =
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"busy\"}}\n\n";
        String start = stream.events().getFirst();
        return Stream.concat(
                failures(),
                Stream.of(
                        Arguments.of("overload first", Script.events(overloaded).endOfChunks()),
                        Arguments.of(
                                "overload behind the start",
                                Script.events(start, overloaded).endOfChunks()),
                        Arguments.of("start, then reset", stream.until(1).then(new Step.Reset())),
                        Arguments.of("start, then end", stream.until(1).endOfChunks()),
                        Arguments.of(
                                "start, a pause, a reset",
                                stream.until(1)
                                        .then(
                                                new Step.Pause(Duration.ofMillis(30)),
                                                new Step.Reset())),
                        Arguments.of("start, then garbage", Script.events(start, "data: {x\n\n"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("earlyStreamFailures")
    void another_account_answers_a_stream(String what, Script failure) throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "m", "Hel", "lo");
        try (var bad = FaultUpstream.always(failure);
                var good = FaultUpstream.always(stream.whole());
                var gateway = GatewayFixture.serving(plan(bad, good))) {

            HttpMessage reply = gateway.post("/v1/messages", streamed(ASK));

            assertThat(reply.status()).as(what).isEqualTo(200);
            assertThat(reply.text()).isEqualTo(stream.text());
            assertThat(bad.received()).hasSize(1);
            assertThat(good.received()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("earlyStreamFailures")
    void an_account_of_another_format_answers_too(String what, Script failure) throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.ChatCompletions, "m", "Hel", "lo");
        try (var bad = FaultUpstream.always(failure);
                var good = FaultUpstream.always(stream.whole());
                var gateway =
                        GatewayFixture.serving(
                                Plans.gateway(
                                        List.of(
                                                account("a", bad, 0),
                                                Plans.account("b")
                                                        .at(good.address() + "/v1")
                                                        .formats(WireFormat.ChatCompletions)
                                                        .priority(1)
                                                        .plan()),
                                        List.of(GatewayFixture.key().plan())))) {

            HttpMessage reply = gateway.post("/v1/messages", streamed(ASK));

            assertThat(reply.status()).as(what).isEqualTo(200);
            assertThat(reply.text())
                    .contains("\"Hel\"")
                    .endsWith("{\"type\":\"message_stop\"}\n\n");
            assertThat(good.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 409, 410, 413, 415, 418, 422, 431, 451})
    void the_clients_own_fault_is_told_at_once(int status) throws IOException {
        try (var first = FaultUpstream.always(Script.json(status, ERROR));
                var second = FaultUpstream.always(Script.json(200, GOOD));
                var gateway = GatewayFixture.serving(plan(first, second))) {

            HttpMessage reply = gateway.post(CHAT, ASK);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.text()).isEqualTo(ERROR);
            assertThat(second.received()).isEmpty();
        }
    }

    @Test
    void nothing_is_asked_again_behind_the_first_content() throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "m", "Hel", "lo");
        Script cut = stream.until(3).then(new Step.Pause(Duration.ofMillis(30)), new Step.Reset());
        try (var first = FaultUpstream.always(cut);
                var second = FaultUpstream.always(stream.whole());
                var gateway = GatewayFixture.serving(plan(first, second))) {

            HttpMessage reply = gateway.post("/v1/messages", streamed(ASK));

            assertThat(reply.text())
                    .contains("\"Hel\"", "event: error")
                    .doesNotContain("message_stop");
            assertThat(second.received()).isEmpty();
        }
    }

    @Test
    void when_all_fail_the_client_is_told_of_the_last() throws IOException {
        try (var first = FaultUpstream.always(Script.json(500, ERROR));
                var second = FaultUpstream.always(Script.json(429, ERROR));
                var gateway = GatewayFixture.serving(plan(first, second))) {

            HttpMessage busy = gateway.post(CHAT, ASK);

            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.field("retry-after")).isPresent();
        }
        try (var first = FaultUpstream.always(Script.json(429, ERROR));
                var second = FaultUpstream.always(Script.json(500, ERROR));
                var gateway = GatewayFixture.serving(plan(first, second))) {

            HttpMessage broken = gateway.post(CHAT, ASK);

            assertThat(broken.status()).isEqualTo(500);
            assertThat(broken.text()).isEqualTo(ERROR);
        }
    }

    @Test
    void no_request_makes_more_calls_than_it_may() throws IOException {
        List<FaultUpstream> upstreams = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                upstreams.add(FaultUpstream.always(Script.json(503, ERROR)));
            }
            List<AccountPlan> accounts =
                    IntStream.range(0, 5)
                            .mapToObj(i -> account("a" + i, upstreams.get(i), i))
                            .toList();
            try (var gateway =
                    GatewayFixture.serving(
                            Plans.gateway(accounts, List.of(GatewayFixture.key().plan())))) {

                assertThat(gateway.post(CHAT, ASK).status()).isEqualTo(503);

                assertThat(upstreams.stream().mapToInt(up -> up.received().size()).sum())
                        .isEqualTo(3);
            }
        } finally {
            upstreams.forEach(FaultUpstream::close);
        }
    }

    @Test
    void a_failing_provider_is_not_stormed() throws IOException {
        int requests = 100;
        try (var first = FaultUpstream.always(Script.json(500, ERROR));
                var second = FaultUpstream.always(Script.json(500, ERROR));
                var gateway = GatewayFixture.serving(plan(first, second))) {

            for (int i = 0; i < requests; i++) {
                gateway.post(CHAT, ASK);
            }

            // 20 % of the requests, what was saved up, and ten a second.
            assertThat(first.received().size() + second.received().size())
                    .isBetween(requests, requests + 80);
        }
    }
}

package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.balance.Cause;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.FailureClass;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Two accounts, nothing configured: the first fails in one of many ways, with each kind of client.
/// What the client gets, what class the failure is of, what it does to the account's health, and
/// how often upstreams are called.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureMatrixIT {
    private static final String ERROR =
            "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"code\":null}}";
    private static final String EVENTS = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";
    private static final TimeoutPlan SHORT = new TimeoutPlan(500, 500, 200, 200, 200, 600_000, 0);

    /// Who asks, and how.
    enum Client {
        ChatDocument(WireFormat.ChatCompletions, false),
        ChatStream(WireFormat.ChatCompletions, true),
        MessagesDocument(WireFormat.Messages, false),
        MessagesStream(WireFormat.Messages, true);

        private final WireFormat format;
        private final boolean streams;

        Client(WireFormat format, boolean streams) {
            this.format = format;
            this.streams = streams;
        }
    }

    /// @param failure null: the account is not to blame
    /// @param phase the account's health afterwards; `Model` for one model on it
    /// @param clientStatus 200: the second account answered
    /// @param address of the upstream in place of the script's; empty: the script's
    record Case(
            String what,
            Client client,
            Script script,
            @Nullable FailureClass failure,
            String phase,
            int clientStatus,
            String address) {
        @Override
        public String toString() {
            return what + ", " + client;
        }
    }

    private final GatewayFixture gateway =
            GatewayFixture.serving(Plans.gateway(List.of(), List.of(GatewayFixture.key().plan())));
    private final AtomicInteger names = new AtomicInteger();

    @AfterAll
    void close() {
        gateway.close();
    }

    static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (Client client : Client.values()) {
            requestFaults(all, client);
            upstreamFaults(all, client);
            capacityFaults(all, client);
            credentialFaults(all, client);
            brokenReplies(all, client);
            transportFaults(all, client);
            (client.streams ? streams(client) : documents(client)).forEach(all::add);
        }
        return all.stream();
    }

    private static void requestFaults(List<Case> all, Client client) {
        IntStream.of(400, 404, 405, 409, 410, 413, 414, 415, 418, 422, 424, 431, 451)
                .forEach(status ->
                        all.add(
                                new Case(
                                        "status " + status,
                                        client,
                                        Script.json(status, ERROR),
                                        null,
                                        "Serving",
                                        status,
                                        "")));
    }

    private static void upstreamFaults(List<Case> all, Client client) {
        IntStream.of(
                        301, 302, 303, 307, 308, 408, 500, 501, 502, 504, 505, 507, 511, 520, 521,
                        522, 523, 524, 525, 526, 527, 530, 599)
                .forEach(status ->
                        all.add(
                                failover(
                                        "status " + status,
                                        client,
                                        Script.json(status, ERROR),
                                        FailureClass.Upstream,
                                        "Serving")));
        all.add(
                failover(
                        "502 in HTML",
                        client,
                        Script.answer(502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>"),
                        FailureClass.Upstream,
                        "Serving"));
    }

    private static void capacityFaults(List<Case> all, Client client) {
        IntStream.of(429, 503, 529)
                .forEach(status ->
                        all.add(cooling("status " + status, client, Script.json(status, ERROR))));
        for (String wait :
                List.of(
                        "retry-after: 1",
                        "retry-after: 0",
                        "retry-after: -5",
                        "retry-after: 1e9",
                        "retry-after: junk",
                        "retry-after: Fri, 31 Dec 9999 23:59:59 GMT",
                        "retry-after-ms: 700",
                        "retry-after: 3\r\nretry-after: 9")) {
            Script script =
                    Script.answer(429, "content-type: application/json\r\n" + wait + "\r\n", ERROR);
            all.add(cooling("429, " + wait.replace("\r\n", ", "), client, script));
        }
        String spent = "{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}";
        all.add(parked("429, quota spent", client, Script.json(429, spent), FailureClass.Capacity));
        String poor =
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                        + "\"message\":\"Your credit balance is too low to access the API.\"}}";
        all.add(parked("400, no balance", client, Script.json(400, poor), FailureClass.Capacity));
        String window =
                String.join(
                        "\r\n",
                        "anthropic-ratelimit-unified-status: rejected",
                        "anthropic-ratelimit-unified-representative-claim: five_hour",
                        "anthropic-ratelimit-unified-reset: 4000000000",
                        "");
        all.add(
                parked(
                        "429, window rejected",
                        client,
                        Script.answer(429, window, ERROR),
                        FailureClass.Capacity));
    }

    private static void credentialFaults(List<Case> all, Client client) {
        all.add(parked("401", client, Script.json(401, ERROR), FailureClass.Credential));
        all.add(parked("402", client, Script.json(402, ERROR), FailureClass.Credential));
        all.add(failover("403", client, Script.json(403, ERROR), FailureClass.Credential, "Model"));
    }

    private static void brokenReplies(List<Case> all, Client client) {
        Map<String, Script> scripts =
                Map.of(
                        "garbage",
                        Script.of(Step.write("garbage\r\n\r\n"), new Step.End()),
                        "cut in the head",
                        Script.of(Step.write("HTTP/1.1 200 OK\r\ncontent-t"), new Step.Reset()),
                        "head and no body",
                        Script.of(
                                Step.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"),
                                new Step.Reset()),
                        "two lengths",
                        Script.of(
                                Step.write(
                                        String.join(
                                                "\r\n",
                                                "HTTP/1.1 200 OK",
                                                "content-length: 9",
                                                "content-length: 8",
                                                "",
                                                "")),
                                new Step.End()));
        scripts.forEach((what, script) ->
                all.add(failover(what, client, script, FailureClass.Upstream, "Serving")));
    }

    private static void transportFaults(List<Case> all, Client client) {
        all.add(transport("reset at once", client, Script.of(new Step.Reset()), ""));
        all.add(transport("end at once", client, Script.of(new Step.End()), ""));
        all.add(
                transport(
                        "stall before the first byte",
                        client,
                        Script.of(new Step.Pause(Duration.ofSeconds(3))),
                        ""));
        all.add(transport("refused", client, Script.of(), "http://127.0.0.1:1/v1"));
        all.add(transport("no such name", client, Script.of(), "http://no-such-name.invalid/v1"));
        all.add(transport("no TLS", client, Script.of(new Step.End()), "https"));
    }

    private static Case transport(String what, Client client, Script script, String address) {
        return new Case(what, client, script, FailureClass.Transport, "Serving", 200, address);
    }

    private static Stream<Case> documents(Client client) {
        String overloaded = "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}";
        String broken = "{\"error\":{\"type\":\"api_error\",\"message\":\"m\"}}";
        String limited = "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}}";
        return Stream.of(
                cooling("overload in a 200", client, Script.json(200, overloaded)),
                cooling("rate limit in a 200", client, Script.json(200, limited)),
                failover(
                        "error in a 200",
                        client,
                        Script.json(200, broken),
                        FailureClass.Upstream,
                        "Serving"));
    }

    private static Stream<Case> streams(Client client) {
        String start =
                client.format == WireFormat.Messages
                        ? VendorStream.of(client.format, "m", "Hel").events().getFirst()
                        : "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":"
                                + "{\"role\":\"assistant\"},\"finish_reason\":null}]}\n\n";
        return Stream.of(
                cooling("overload first", client, Script.events(error(client)).endOfChunks()),
                cooling(
                        "overload behind the start",
                        client,
                        Script.events(start, error(client)).endOfChunks()),
                failover(
                        "cut before content",
                        client,
                        Script.events(start).then(new Step.Reset()),
                        FailureClass.Upstream,
                        "Serving"),
                failover(
                        "end before content",
                        client,
                        Script.events(start).endOfChunks(),
                        FailureClass.Upstream,
                        "Serving"),
                failover(
                        "garbage before content",
                        client,
                        Script.events(start, "data: {x\n\n"),
                        FailureClass.Upstream,
                        "Serving"),
                failover(
                        "silence behind the head",
                        client,
                        Script.of(
                                Step.write(EVENTS + "transfer-encoding: chunked\r\n\r\n"),
                                new Step.Pause(Duration.ofSeconds(3))),
                        FailureClass.Upstream,
                        "Serving"));
    }

    private static String error(Client client) {
        return client.format == WireFormat.Messages
                ? "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"busy\"}}\n\n"
                : "data: {\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"busy\"}}\n\n";
    }

    private static Case cooling(String what, Client client, Script script) {
        return failover(what, client, script, FailureClass.Capacity, "CoolingDown");
    }

    private static Case parked(String what, Client client, Script script, FailureClass failure) {
        return failover(what, client, script, failure, "Parked");
    }

    private static Case failover(
            String what, Client client, Script script, FailureClass failure, String phase) {
        return new Case(what, client, script, failure, phase, 200, "");
    }

    @Test
    void there_are_more_than_sixty_ways() {
        for (Client client : Client.values()) {
            assertThat(cases().filter(one -> one.client == client))
                    .as(client.name())
                    .hasSizeGreaterThanOrEqualTo(60);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_failure_has_its_class_and_its_consequence(Case one) throws IOException {
        VendorStream stream = VendorStream.of(one.client.format, "m", "Hel", "lo");
        String document = "{\"id\":\"1\",\"model\":\"m\"}";
        Script good = one.client.streams ? stream.whole() : Script.json(200, document);
        String name = "a" + names.incrementAndGet();
        try (var first = FaultUpstream.always(one.script);
                var second = FaultUpstream.always(good)) {
            String address =
                    one.address.equals("https")
                            ? first.address().toString().replace("http:", "https:") + "/v1"
                            : one.address.isEmpty() ? first.address() + "/v1" : one.address;
            gateway.swap(
                    name,
                    plan(
                            account(name, address, 0),
                            account(name + "-b", second.address() + "/v1", 1)));
            long calls = gateway.services().meters().calls();

            HttpMessage reply = gateway.post(stream.path(), request(one.client));

            boolean failedOver = one.clientStatus == 200;
            assertThat(reply.status()).isEqualTo(one.clientStatus);
            assertThat(reply.text())
                    .isEqualTo(failedOver ? one.client.streams ? stream.text() : document : ERROR);
            assertThat(reply.field("x-gateway-attempts")).hasValue(failedOver ? "2" : "1");
            assertThat(gateway.services().meters().calls() - calls).isEqualTo(failedOver ? 2 : 1);
            assertThat(first.received()).hasSize(one.address.isEmpty() ? 1 : 0);
            assertThat(second.received()).hasSize(failedOver ? 1 : 0);
            assertHealth(one, gateway.services().accounts().of(uid(name)).view());
            assertThat(gateway.services().accounts().of(uid(name + "-b")).view().phase())
                    .isEqualTo("Serving");
        }
    }

    private static void assertHealth(Case one, AccountView view) {
        assertThat(view.lastFailure().map(Cause::failure))
                .isEqualTo(Optional.ofNullable(one.failure));
        if (one.phase.equals("Model")) {
            assertThat(view.phase()).isEqualTo("Serving");
            assertThat(view.models())
                    .extracting(AccountView.ModelView::model, AccountView.ModelView::phase)
                    .containsExactly(tuple("m", "Parked"));
        } else {
            assertThat(view.phase()).isEqualTo(one.phase);
            assertThat(view.models()).isEmpty();
        }
    }

    private static String request(Client client) {
        String body =
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Hi\"}]";
        return body + (client.streams ? ",\"stream\":true}" : "}");
    }

    /// With retries enough for hundreds of failures a second.
    private static GatewayPlan plan(AccountPlan... accounts) {
        return Plans.with(
                Plans.gateway(List.of(accounts), List.of(GatewayFixture.key().plan())),
                Plans.generous());
    }

    private static AccountPlan account(String name, String address, int priority) {
        return Plans.account(name)
                .at(address)
                .formats(WireFormat.ChatCompletions, WireFormat.Messages)
                .timeouts(SHORT)
                .priority(priority)
                .plan();
    }

    private static String uid(String name) {
        return "UpstreamAccount/default/" + name;
    }

    /// Behind the first content nobody is asked again, and the account's fault is counted.
    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"ChatStream", "MessagesStream"})
    void a_cut_behind_content_is_told_and_counted(Client client) throws IOException {
        VendorStream stream = VendorStream.of(client.format, "m", "Hel", "lo");
        Script cut =
                stream.until(client.format == WireFormat.Messages ? 3 : 1)
                        .then(new Step.Pause(Duration.ofMillis(30)), new Step.Reset());
        String name = "cut-" + client.name().toLowerCase(Locale.ROOT);
        try (var first = FaultUpstream.always(cut);
                var second = FaultUpstream.always(stream.whole())) {
            gateway.swap(
                    name,
                    plan(
                            account(name, first.address() + "/v1", 0),
                            account(name + "-b", second.address() + "/v1", 1)));

            HttpMessage reply = gateway.post(stream.path(), request(client));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).contains("Hel").contains("error").doesNotContain("[DONE]");
            assertThat(second.received()).isEmpty();
            AccountView view = gateway.services().accounts().of(uid(name)).view();
            assertThat(view.lastFailure().map(Cause::failure)).hasValue(FailureClass.Upstream);
            assertThat(view.phase()).isEqualTo("Serving");
        }
    }
}

package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.upstream.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What the pool remembers between requests: quota, room, faults that were not an account's own.
class PoolStateIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK = "{\"model\":\"m\",\"messages\":[]}";
    private static final String POISON = "{\"model\":\"m\",\"messages\":[],\"x\":\"poison\"}";
    private static final String GOOD = "{\"id\":\"1\",\"model\":\"m\"}";
    private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}";

    private static Plans.Account account(String name, FaultUpstream upstream, int priority) {
        return Plans.account(name)
                .at(upstream.address() + "/v1")
                .formats(WireFormat.ChatCompletions)
                .priority(priority);
    }

    private static GatewayPlan plan(AccountPlan... accounts) {
        return Plans.with(
                Plans.gateway(List.of(accounts), List.of(GatewayFixture.key().plan())),
                Plans.generous());
    }

    private static AccountView view(GatewayFixture gateway, String name) {
        return gateway.services().accounts().of("UpstreamAccount/default/" + name).view();
    }

    @Test
    void an_account_whose_headers_say_that_nothing_is_left_is_spared() throws IOException {
        String empty =
                String.join(
                        "\r\n",
                        "content-type: application/json",
                        "x-ratelimit-limit-requests: 100",
                        "x-ratelimit-remaining-requests: 0",
                        "x-ratelimit-reset-requests: 30s",
                        "");
        try (var first = FaultUpstream.always(Script.answer(200, empty, GOOD));
                var second = FaultUpstream.always(Script.json(200, GOOD));
                var gateway =
                        GatewayFixture.serving(
                                plan(
                                        account("a", first, 0).plan(),
                                        account("b", second, 1).plan()))) {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.post(CHAT, ASK).status()).isEqualTo(200);
            }

            assertThat(first.received()).hasSize(1);
            assertThat(second.received()).hasSize(4);
            assertThat(view(gateway, "a").headroom().window()).isEqualTo("requests");
            assertThat(view(gateway, "a").phase()).isEqualTo("Serving");
        }
    }

    @Test
    void a_full_account_gives_to_the_next_and_a_full_pool_says_when() throws IOException {
        Script slow =
                Script.of(
                        new Step.Pause(Duration.ofMillis(700)),
                        Step.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
        CapacityPlan one = new CapacityPlan(0, 0, 1);
        try (var first = FaultUpstream.always(slow);
                var second = FaultUpstream.always(slow);
                var gateway =
                        GatewayFixture.serving(
                                plan(
                                        account("a", first, 0).capacity(one).plan(),
                                        account("b", second, 1).capacity(one).plan()));
                RawClient a = gateway.client();
                RawClient b = gateway.client()) {
            a.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, ASK);
            awaitInFlight(gateway, "a");
            b.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, ASK);
            awaitInFlight(gateway, "b");

            HttpMessage third = gateway.post(CHAT, ASK);

            assertThat(third.status()).isEqualTo(503);
            assertThat(third.field("retry-after")).hasValue("1");
            assertThat(third.field("x-gateway-attempts")).hasValue("0");
            assertThat(a.response().status()).isEqualTo(200);
            assertThat(b.response().status()).isEqualTo(200);
            assertThat(gateway.post(CHAT, ASK).status()).isEqualTo(200);
        }
    }

    private static void awaitInFlight(GatewayFixture gateway, String name) {
        Poll.untilTrue(
                GatewayFixture.PATIENCE,
                () -> name + " is full: " + view(gateway, name),
                () -> view(gateway, name).inFlight() == 1);
    }

    /// Ejection takes five faults in a row; here every account meets twenty.
    @Test
    void a_poisonous_request_ejects_nobody() throws IOException {
        try (var first = FaultUpstream.start(PoolStateIT::poisoned);
                var second = FaultUpstream.start(PoolStateIT::poisoned);
                var gateway =
                        GatewayFixture.serving(
                                plan(
                                        account("a", first, 0).plan(),
                                        account("b", second, 1).plan()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.post(CHAT, POISON).status()).isEqualTo(500);
                assertThat(view(gateway, "a").phase()).isEqualTo("Serving");
            }

            assertThat(gateway.post(CHAT, ASK).status()).isEqualTo(200);
        }
    }

    private static Script poisoned(Received received) {
        return received.message().text().contains("poison")
                ? Script.json(500, ERROR)
                : Script.json(200, GOOD);
    }

    /// The new Secret came while the old one was being refused.
    @Test
    void an_exchanged_credential_is_not_blamed_for_its_predecessor() throws IOException {
        Script refused =
                Script.of(
                        new Step.Pause(Duration.ofMillis(500)),
                        Step.write("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"));
        CredentialRef ref = new CredentialRef("default", "acct", "key");
        try (var upstream = FaultUpstream.always(refused)) {
            GatewayPlan plan =
                    plan(
                            account("a", upstream, 0)
                                    .credential(
                                            new CredentialPlan.ApiKey(
                                                    ref, CredentialPlan.Header.Bearer))
                                    .plan());
            try (var gateway = GatewayFixture.serving(plan(account("a", upstream, 0).plan()));
                    RawClient client = gateway.client()) {
                gateway.swap("old", plan, value("old"));
                client.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, ASK);
                Poll.untilTrue(
                        GatewayFixture.PATIENCE,
                        () -> "the call is under way",
                        () -> upstream.received().size() == 1);

                gateway.swap("new", plan, value("new"));

                assertThat(client.response().status()).isEqualTo(503);
                assertThat(view(gateway, "a").phase()).isEqualTo("Serving");
                gateway.post(CHAT, ASK);
                assertThat(view(gateway, "a").phase()).isEqualTo("Parked");
                gateway.swap("newer", plan, value("newer"));
                assertThat(view(gateway, "a").phase()).isEqualTo("Serving");
            }
        }
    }

    /// A token ended while many requests were under way with it: far more than the retry budget
    /// would let go on.
    @Test
    void a_burst_on_a_refused_credential_is_answered_by_another_account() throws IOException {
        Script refused =
                Script.of(
                        new Step.Pause(Duration.ofMillis(500)),
                        Step.write("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"));
        try (var first = FaultUpstream.always(refused);
                var second = FaultUpstream.always(Script.json(200, GOOD));
                var gateway =
                        GatewayFixture.serving(
                                plan(
                                        account("a", first, 0).plan(),
                                        account("b", second, 1).plan()));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                asked.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        return gateway.post(CHAT, ASK).status();
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                },
                                clients));
            }

            assertThat(asked.stream().map(CompletableFuture::join)).containsOnly(200);
            assertThat(first.received()).hasSizeGreaterThan(40);
        }
    }

    private static Credentials value(String text) {
        return _ -> Optional.of(new Credential.Value(text));
    }

    /// Why TLS failed stands in the access log and with the account, not only that it did.
    @Test
    void the_reason_of_a_broken_transport_is_told_to_who_runs_the_gateway() throws IOException {
        try (var upstream = FaultUpstream.always(Script.of(new Step.End()));
                var gateway =
                        GatewayFixture.serving(
                                plan(
                                        Plans.account("a")
                                                .at(
                                                        upstream.address()
                                                                        .toString()
                                                                        .replace("http:", "https:")
                                                                + "/v1")
                                                .plan()))) {
            HttpMessage reply = gateway.post(CHAT, ASK);

            assertThat(reply.status()).isEqualTo(502);
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("failure").asText()).startsWith("Transport: Tls, ");
            assertThat(view(gateway, "a").lastFailure().orElseThrow().text())
                    .isEqualTo(line.path("failure").asText());
            assertThat(reply.text()).doesNotContain("Tls");
        }
    }
}

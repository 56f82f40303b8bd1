package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.source.Publisher;
import dev.llmgateway.runtime.source.ScriptedApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Three pods on one bundle: what is revoked is refused by all, and what a pod knows it reports.
class PodIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Five times what is promised (operator.md, O2).
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

    private static final String KEY = "sk-of-a-client-of-pods";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private volatile int upstreamStatus = 200;
    private final FaultUpstream upstream =
            FaultUpstream.start(_ -> Script.json(upstreamStatus, "{}"));
    private final Publisher publisher = new Publisher();
    private ScriptedApi api;
    private List<Pod> pods;

    @BeforeEach
    void start() throws IOException {
        api = ScriptedApi.start(0);
        Files.writeString(folder.resolve("token"), "token-1");
        Files.writeString(folder.resolve("admin"), "admin-token\n");
        publisher.publish(api, plan(key("client"), key("other").sha256("1".repeat(64))));
        pods = IntStream.range(0, 3).mapToObj(_ -> Pod.start(api.address(), folder)).toList();
        for (Pod pod : pods) {
            assertThat(call(pod).status()).isEqualTo(200);
        }
    }

    @AfterEach
    void stop() throws IOException {
        pods.forEach(Pod::close);
        upstream.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "suspended", "expired", "rotated", "all keys deleted"})
    void aRevokedKeyIsRefusedByAllPods(String how) {
        GatewayPlan revoked =
                switch (how) {
                    case "suspended" -> plan(key("client").suspended());
                    case "expired" -> plan(key("client").expires(1_000));
                    case "rotated" -> plan(key("client").notAfter(1_000));
                    case "all keys deleted" -> plan();
                    default -> plan(key("other").sha256("1".repeat(64)));
                };

        publisher.publish(
                api,
                revoked,
                how.startsWith("all") ? new Emptiable[] {Emptiable.Keys} : new Emptiable[0]);

        for (Pod pod : pods) {
            Poll.untilTrue(REVOKED_WITHIN, () -> how, () -> call(pod).status() == 401);
        }
    }

    @Test
    void aRevocationHoldsForAPodThatRestarts() {
        publisher.publish(api, plan(key("client").suspended()));
        Poll.untilTrue(REVOKED_WITHIN, () -> "refused", () -> call(pods.get(0)).status() == 401);

        try (Pod restarted = Pod.start(api.address(), folder)) {
            assertThat(call(restarted).status()).isEqualTo(401);
        }
    }

    @Test
    void aSuspendedAccountServesNobodyAndTheApiServersAbsenceChangesNothing() throws IOException {
        publisher.publish(
                api,
                Plans.gateway(
                        List.of(account().suspended().plan()), List.of(key("client").plan())));
        for (Pod pod : pods) {
            Poll.untilTrue(REVOKED_WITHIN, () -> "suspended", () -> call(pod).status() != 200);
        }
        int refused = call(pods.get(0)).status();
        int asked = upstream.received().size();

        api.close();

        for (Pod pod : pods) {
            assertThat(call(pod).status()).isEqualTo(refused);
            Poll.untilTrue(PATIENCE, () -> "told", () -> !problems(pod).isEmpty());
        }
        assertThat(refused).isGreaterThanOrEqualTo(400);
        assertThat(upstream.received()).hasSize(asked);
    }

    @Test
    void everyPodReportsTheRevisionItHasTakenAtOnce() throws IOException {
        List<CompletableFuture<JsonNode>> waiting =
                pods.stream()
                        .map(pod -> {
                            long seen = report(pod, -1).path("sequence").asLong();
                            return CompletableFuture.supplyAsync(() -> settled(pod, seen));
                        })
                        .toList();

        publisher.publish(api, plan(key("client"), key("third").sha256("2".repeat(64))));

        for (var pod : waiting) {
            JsonNode page = pod.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
            assertThat(page.path("revision").asText()).isEqualTo("r-2");
            assertThat(page.path("complete").asBoolean()).isFalse();
        }
    }

    @Test
    void aRejectedCredentialIsReportedAtOnceWithItsStatus() {
        Pod pod = pods.get(0);
        long seen = report(pod, -1).path("sequence").asLong();
        CompletableFuture<JsonNode> waiting =
                CompletableFuture.supplyAsync(() -> faulty(pod, seen));
        upstreamStatus = 401;

        assertThat(call(pod).status()).isGreaterThanOrEqualTo(500);

        JsonNode account = waiting.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(account.path("account").asText()).isEqualTo("default/upstream");
        assertThat(account.path("failure").path("class").asText()).isEqualTo("Credential");
        assertThat(account.path("failure").path("status").asInt()).isEqualTo(401);
    }

    @Test
    void thePlanPageNamesTheRevisionAndItsDigestsAndNoSecret() throws IOException {
        HttpMessage page = admin(pods.get(0), "/plan", "admin-token");

        JsonNode plan = JSON.readTree(page.body());
        assertThat(plan.path("revision").asText()).isEqualTo("r-1");
        assertThat(plan.path("digest").asText()).hasSize(64);
        assertThat(plan.path("parts").path("index").asText()).isEqualTo(publisher.live.digest());
        assertThat(plan.path("readyPods").asInt()).isEqualTo(3);
        assertThat(page.body()).doesNotContain("sk-");
        assertThat(admin(pods.get(0), "/plan", "wrong").status()).isEqualTo(401);
        assertThat(admin(pods.get(0), "/report", "wrong").status()).isEqualTo(401);
        assertThat(admin(pods.get(0), "/report?after=x", "admin-token").status()).isEqualTo(400);
    }

    private JsonNode settled(Pod pod, long seen) {
        JsonNode page = report(pod, seen);
        return page.path("revision").asText().equals("r-2")
                ? page
                : settled(pod, page.path("sequence").asLong());
    }

    private JsonNode faulty(Pod pod, long seen) {
        JsonNode page = report(pod, seen);
        for (JsonNode account : page.path("accounts")) {
            if (account.path("state").asText().equals("CredentialInvalid")) {
                return account;
            }
        }
        return faulty(pod, page.path("sequence").asLong());
    }

    private JsonNode report(Pod pod, long after) {
        try {
            HttpMessage page = admin(pod, "/report?after=" + after, "admin-token");
            assertThat(page.status()).isEqualTo(200);
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode problems(Pod pod) {
        return report(pod, -1).path("problems");
    }

    private static HttpMessage admin(Pod pod, String target, String token) throws IOException {
        try (RawClient client = RawClient.connect(address(pod.admin()), Duration.ofSeconds(40))) {
            return client.send(
                            "GET "
                                    + target
                                    + " HTTP/1.1\r\nhost: pod\r\nauthorization: Bearer "
                                    + token
                                    + "\r\n\r\n")
                    .response();
        }
    }

    private static HttpMessage call(Pod pod) {
        String body = "{\"model\":\"m\",\"messages\":[]}";
        try (RawClient client = RawClient.connect(address(pod.data()), PATIENCE)) {
            return client.send(
                            "POST /v1/chat/completions HTTP/1.1\r\nhost: pod\r\nx-api-key: "
                                    + KEY
                                    + "\r\ncontent-type: application/json\r\ncontent-length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body)
                    .response();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private GatewayPlan plan(Plans.Key... keys) {
        return Plans.gateway(
                List.of(account().plan()),
                java.util.Arrays.stream(keys).map(Plans.Key::plan).toList());
    }

    private Plans.Account account() {
        return Plans.account("upstream")
                .at(upstream.address() + "/v1")
                .credential(
                        new CredentialPlan.ApiKey(Publisher.SECRET, CredentialPlan.Header.Bearer));
    }

    private static Plans.Key key(String name) {
        return Plans.key(name).sha256(Plans.sha256(KEY));
    }
}

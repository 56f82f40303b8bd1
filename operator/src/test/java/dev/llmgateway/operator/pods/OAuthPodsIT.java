package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.cluster.PodProcess;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// R22 and the proof of spec/oauth.md with two operators and three gateway pods: an account whose
/// tokens a strict identity provider rotates, and another one that answers while it cannot.
class OAuthPodsIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASK =
            "{\"model\":\"signed-in\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static SharedGateway shared;
    private static Tenant tenant;
    private static RunningUpstream provider;
    private static RunningUpstream other;

    @BeforeAll
    static void signIn() {
        shared = SharedGateway.of(NODE);
        tenant = shared.tenant();
        provider = RunningUpstream.start(NODE, SignedInUpstream.class);
        other = RunningUpstream.start(NODE);
        String refresh = control("/login", "").path("refresh").asText();
        tenant.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: signed-in, labels: {llm-gateway.dev/credentials: 'true'}}
                stringData: {refresh-token: %s}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: stand-in, labels: {llm-gateway.dev/credentials: 'true'}}
                stringData: {api-key: good}
                ---
                """
                                .formatted(refresh)
                        + account(
                                "signed-in",
                                0,
                                provider,
                                "oauth: {profile: Custom, grant: RefreshToken, clientID: test-client,"
                                        + " secretRef: {name: signed-in}, overrides: {tokenURL: '"
                                        + control("/seen", "").path("token").asText()
                                        + "'}}")
                        + account(
                                "stand-in",
                                1,
                                other,
                                "apiKey: {secretRef: {name: stand-in, key: api-key}}"));
        tenant.everywhereListed(shared.addresses(), SharedGateway.KEY, "signed-in");
        tenant.awaitCondition("upstreamaccount/signed-in", "Programmed", "True");
    }

    @AfterAll
    static void stop() {
        tenant.kubectl("delete upstreamaccount/signed-in upstreamaccount/stand-in");
        provider.close();
        other.close();
    }

    /// Every pod is refused, and many requests at once; the token is refreshed once.
    @Test
    void manyRequestsOnATokenThatEndedMakeOneRefreshAndNoClientNotices() {
        oneRefresh(100);
    }

    @Test
    @Tag("full")
    void aThousandRequestsAtEveryPodMakeOneRefreshAndNoClientNotices() {
        oneRefresh(1_000);
    }

    private static void oneRefresh(int requests) {
        settled();
        long before = seen("refreshes");
        control("/end", "");

        assertThat(ask(requests)).allMatch(status -> status == 200);

        settled();
        assertThat(seen("refreshes")).isEqualTo(before + 1);
        assertThat(seen("reuses")).isZero();
    }

    @Test
    void aLeaderThatIsKilledBeforeItAsksLosesNothing() {
        killedWhile(() -> {});
    }

    @RepeatedTest(9)
    @Tag("full")
    void leadersThatAreKilledAgainAndAgainLoseNothing(RepetitionInfo repetition) {
        killedWhile(() -> ask(repetition.getCurrentRepetition()));
    }

    /// The next leader refreshes, and the identity provider never sees a token twice.
    private static void killedWhile(Runnable more) {
        settled();
        PodProcess leader = OperatorPods.process(pod(shared.operator().leader()));
        long before = seen("refreshes");
        leader.kill();
        control("/end", "");

        more.run();
        assertThat(ask(10)).allMatch(status -> status == 200);

        Poll.untilTrue(
                PATIENCE,
                () -> "the next leader refreshes: " + control("/seen", ""),
                () -> {
                    ask(1);
                    return seen("refreshes") > before;
                });
        settled();
        assertThat(seen("reuses")).isZero();
    }

    /// Every pod is served by the account that signed in.
    private static void settled() {
        for (URI pod : shared.addresses()) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> pod + " uses the new token: " + control("/seen", ""),
                    () -> {
                        long served = seen("served");
                        return status(pod) == 200 && seen("served") > served;
                    });
        }
    }

    /// @param each so many requests at every pod, all at once
    private static List<Integer> ask(int each) {
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (URI pod : shared.addresses()) {
                for (int i = 0; i < each; i++) {
                    asked.add(CompletableFuture.supplyAsync(() -> status(pod), clients));
                }
            }
            return asked.stream().map(CompletableFuture::join).toList();
        }
    }

    private static int status(URI pod) {
        try {
            return tenant.http()
                    .post(
                            pod,
                            "/v1/chat/completions",
                            Tenant.field(Tenant.secret(SharedGateway.KEY)),
                            ASK)
                    .status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long seen(String what) {
        return control("/seen", "").path(what).asLong();
    }

    private static JsonNode control(String path, String body) {
        try {
            return JSON.readTree(tenant.http().post(provider.address(), path, "", body).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String account(
            String name, int priority, RunningUpstream upstream, String auth) {
        return Tenant.object(
                "UpstreamAccount",
                name,
                "gatewayRef: {name: main}, provider: OpenAICompatible, formats: [ChatCompletions],"
                        + " baseURL: '"
                        + upstream.address()
                        + "', models: [{name: signed-in}], priority: "
                        + priority
                        + ", auth: {"
                        + auth
                        + "}");
    }

    private static Pod pod(String name) {
        return shared.operator().pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

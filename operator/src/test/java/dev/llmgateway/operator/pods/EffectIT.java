package dev.llmgateway.operator.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people write is soon what every pod does: O1, O2 in all its forms, O4 and O5 of operator.md
/// with an operator in pods and three gateway pods.
class EffectIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROUNDS = 5;

    private static SharedGateway shared;
    private static Tenant tenant;

    @BeforeAll
    static void share() {
        shared = SharedGateway.of(NODE);
        tenant = shared.tenant();
    }

    @Test
    void aNewKeyAndANewAccountAreInForceOnEveryPod() {
        List<URI> pods = shared.addresses();
        tenant.apply(secret("upstream-new", "good"));
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String name = "new-" + i;
            taken.add(
                    timed(
                            () -> tenant.create(tenant.key(name, "")),
                            () -> tenant.everywhere(pods, name, 200)));
            String account = account(name, "http://10.88.0.1:1/v1", name, "upstream-new");
            taken.add(
                    timed(
                            () -> tenant.create(account),
                            () -> tenant.everywhereListed(pods, SharedGateway.KEY, name)));
        }

        new Millis("O1", "a new key or account is in force on 3 real pods", taken).note(300, 1000);
        IntStream.range(0, ROUNDS).forEach(i -> tenant.kubectl("delete upstreamaccount/new-" + i));
    }

    @Test
    void aKeyIsRefusedOnEveryPodInWhateverWayItWasRevoked() {
        List<URI> pods = shared.addresses();
        List<String> ways = List.of("suspended", "deleted", "unhashed", "expired");
        tenant.create(String.join("", ways.stream().map(way -> tenant.key(way, "")).toList()));
        ways.forEach(way -> tenant.everywhere(pods, way, 200));

        List<Double> taken = new ArrayList<>();
        taken.add(revoke(pods, "suspended", "{\"spec\":{\"suspended\":true}}"));
        String other = Tenant.digest("another");
        taken.add(
                revoke(
                        pods,
                        "unhashed",
                        "{\"spec\":{\"source\":{\"hashes\":[\"" + other + "\"]}}}"));
        taken.add(
                timed(
                        () ->
                                NODE.client()
                                        .resources(GatewayKey.class)
                                        .inNamespace(tenant.namespace())
                                        .withName("deleted")
                                        .delete(),
                        () -> tenant.everywhere(pods, "deleted", 401)));
        taken.add(expire(pods, "expired"));
        new Millis("O2", "a key revoked in any way is refused on 3 real pods", taken)
                .note(1000, 1000);
    }

    /// @return milliseconds from the moment of expiry
    private static double expire(List<URI> pods, String key) {
        Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        tenant.patchKey(key, "{\"spec\":{\"expiresAt\":\"" + end + "\"}}");
        tenant.everywhere(pods, key, 200);
        Poll.untilTrue(PATIENCE, () -> "time passes", () -> !Instant.now().isBefore(end));
        return timed(() -> {}, () -> tenant.everywhere(pods, key, 401));
    }

    private static double revoke(List<URI> pods, String key, String patch) {
        return timed(() -> tenant.patchKey(key, patch), () -> tenant.everywhere(pods, key, 401));
    }

    @Test
    void aGeneratedKeyDiesWithItsSecret() {
        List<URI> pods = shared.addresses();
        tenant.apply(
                Tenant.object(
                        "GatewayKey",
                        "generated",
                        "gatewayRef: {name: main}, source: {generate: {secretName: generated-key}}"));
        tenant.awaitCondition("gatewaykey/generated", "Programmed", "True");
        String first = generated();
        everywhere(pods, first, 200);

        double taken =
                timed(
                        () -> tenant.kubectl("delete secret/generated-key"),
                        () -> everywhere(pods, first, 401));

        new Millis("O2", "a generated key is refused after its Secret was deleted", List.of(taken))
                .note(1000, 1000);
    }

    private static String generated() {
        String encoded = tenant.kubectl("get secret/generated-key -o jsonpath={.data.api-key}");
        return new String(Base64.getDecoder().decode(encoded), UTF_8);
    }

    private static void everywhere(List<URI> pods, String secret, int status) {
        for (URI pod : pods) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "status " + status + " at " + pod,
                    () -> tenant.http().status(pod, "/v1/models", Tenant.field(secret)) == status);
        }
    }

    @Test
    void anAccountThatIsRefusedUpstreamShowsItAndRecoversWithItsSecret() throws IOException {
        URI pod = shared.addresses().getFirst();
        try (RunningUpstream upstream = RunningUpstream.start(NODE)) {
            tenant.apply(
                    secret("upstream-o4", "bad")
                            + account("o4", upstream.address().toString(), "o4", "upstream-o4"));
            tenant.everywhereListed(shared.addresses(), SharedGateway.KEY, "o4");

            double told = timed(() -> ask(pod, "o4"), () -> awaitShown("CredentialInvalid"));
            double healed =
                    timed(
                            () -> tenant.apply(secret("upstream-o4", "good-again")),
                            () -> awaitShown("Active"));

            assertThat(ask(pod, "o4")).isEqualTo(200);
            new Millis(
                            "O4",
                            "a refused credential shows, and its new Secret too",
                            List.of(told, healed))
                    .note(2000, 2000);
            tenant.kubectl("delete upstreamaccount/o4");
        }
    }

    /// What `kubectl get ua` shows.
    private static void awaitShown(String state) {
        Poll.untilTrue(
                PATIENCE,
                () -> state + ": " + tenant.kubectl("get upstreamaccount/o4"),
                () -> tenant.kubectl("get upstreamaccount/o4").contains(' ' + state));
    }

    private static int ask(URI pod, String model) {
        try {
            return tenant.http()
                    .post(
                            pod,
                            "/v1/chat/completions",
                            Tenant.field(Tenant.secret(SharedGateway.KEY)),
                            "{\"model\":\""
                                    + model
                                    + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                    .status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret(String name, String value) {
        return """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s, labels: {llm-gateway.dev/credentials: 'true'}}
        stringData: {api-key: %s}
        ---
        """
                .formatted(name, value);
    }

    private static String account(String name, String url, String model, String secret) {
        return Tenant.object(
                "UpstreamAccount",
                name,
                "gatewayRef: {name: main}, provider: OpenAICompatible, formats: [ChatCompletions], baseURL: '"
                        + url
                        + "', models: [{name: "
                        + model
                        + "}], auth: {apiKey: {secretRef: {name: "
                        + secret
                        + ", key: api-key}}}");
    }

    private static double timed(Runnable change, Runnable effect) {
        long start = System.nanoTime();
        change.run();
        effect.run();
        return (System.nanoTime() - start) / 1e6;
    }
}

package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.owned.Labels;
import dev.llmgateway.operator.snapshot.Scope;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An operator that ends anywhere in its work leaves nothing that its successor does not finish
/// (operator.md O6).
class StoppedOperatorIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    /// Of operator.md for `make test`.
    private static final int STOPS = 40;

    private static final int PROMISED = 200;
    private static final int AT_ONCE = 4;
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long LIFE_MILLIS = 10_000;

    private static final String DONE =
            "GatewayKey made: Accepted=True Accepted, SecretReady=True Generated, Programmed=Unknown";

    private static final String OBJECTS =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec: {}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: acct, labels: {llm-gateway.dev/credentials: "true"}}
            stringData: {api-key: sk-one}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: acct}
            spec: {gatewayRef: {name: main}, provider: Anthropic, auth: {apiKey: {secretRef: {name: acct, key: api-key}}}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: made}
            spec: {gatewayRef: {name: main}, source: {generate: {secretName: made}}}
            """;

    @Test
    void anotherOperatorFinishesWhatOneLeftAnywhere() throws Exception {
        stops(STOPS);
    }

    @Test
    @Tag("full")
    void everyWriteIsALastOneSeveralTimes() throws Exception {
        stops(PROMISED);
    }

    private static void stops(int count) throws Exception {
        Mortal counting = Mortal.immortal();
        String undisturbed = outcome(0, counting);
        List<Mortal> deaths = deaths(counting.writes(), count);

        assertThat(undisturbed).contains("Deployment main", "Secret made", DONE);
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (Mortal death : deaths) {
                int number = outcomes.size() + 1;
                outcomes.add(pool.submit(() -> outcome(number, death)));
            }
            for (int i = 0; i < deaths.size(); i++) {
                assertThat(outcomes.get(i).get())
                        .as(deaths.get(i).toString())
                        .isEqualTo(undisturbed);
            }
        }
        Figures.note(
                "O6",
                "stops within %d writes, each finished by another operator"
                        .formatted(counting.writes()),
                deaths.size(),
                "runs",
                Promise.atLeast(count));
    }

    /// Every write twice, again and again, or some of them evenly.
    private static List<Mortal> deaths(int writes, int count) {
        int all = 2 * writes;
        return IntStream.range(0, count)
                .map(i -> count < all ? i * all / count : i % all)
                .mapToObj(place -> new Mortal(place / 2 + 1, place % 2 == 1))
                .toList();
    }

    /// What stands there in the end, whoever finished it.
    private static String outcome(int number, Mortal first) throws InterruptedException {
        String namespace = CLUSTER.namespace() + "-" + RUNS.incrementAndGet();
        CLUSTER.createNamespace(namespace, Map.of());
        CLUSTER.kubectl().runWith(OBJECTS, "apply", "-n", namespace, "-f", "-");
        Scope scope = new Scope.Own(namespace);
        Optional<String> key;
        try (RunningOperator _ =
                RunningOperator.launch(
                        RunningOperator.client(RunningOperator.config(CLUSTER.kubeconfig()), first),
                        scope,
                        _ -> new Pods())) {
            if (first.diesWithin(number == 0 ? 0 : LIFE_MILLIS) || number > 0) {
                key = key(namespace);
            } else {
                return settled(namespace, Optional.empty());
            }
        }
        try (RunningOperator _ =
                RunningOperator.launch(
                        RunningOperator.client(CLUSTER.kubeconfig()), scope, _ -> new Pods())) {
            return settled(namespace, key);
        }
    }

    /// @param key that was generated before, which must still be the one
    private static String settled(String namespace, Optional<String> key) {
        String[] last = {""};
        String state =
                Poll.until(
                        SOON,
                        () -> namespace + " is " + last[0],
                        () -> {
                            String now = state(namespace);
                            boolean still = now.equals(last[0]);
                            last[0] = now;
                            return still && now.contains(DONE)
                                    ? Optional.of(now)
                                    : Optional.empty();
                        });
        if (key.isPresent()) {
            assertThat(key(namespace)).isEqualTo(key);
        }
        return state;
    }

    private static Optional<String> key(String namespace) {
        Secret secret = CLUSTER.client().secrets().inNamespace(namespace).withName("made").get();
        return Optional.ofNullable(secret).map(found -> found.getData().get("api-key"));
    }

    private static String state(String namespace) {
        KubernetesClient client = CLUSTER.client();
        List<String> lines = new ArrayList<>();
        lines.add(
                CLUSTER.kubectl()
                        .run(
                                "get",
                                "-n",
                                namespace,
                                "deployments,services,serviceaccounts,roles,rolebindings,poddisruptionbudgets,networkpolicies,horizontalpodautoscalers,configmaps,secrets",
                                "-l",
                                Labels.MANAGED_BY + "=" + Labels.FIELD_MANAGER,
                                "-o",
                                "jsonpath={range .items[*]}{.kind} {.metadata.name}{\"\\n\"}{end}"));
        lines.add(
                CLUSTER.kubectl()
                        .run(
                                "get",
                                "-n",
                                namespace,
                                "llm-gateway",
                                "-o",
                                "jsonpath={range .items[*]}{.kind} {.metadata.name}: {range .status.conditions[*]}{.type}={.status} {.reason}, {end}{\"\\n\"}{end}"));
        Bundle.read(client, namespace, "main")
                .ifPresent(bundle -> lines.add(published(bundle, namespace)));
        // Which slots are in use depends on UIDs.
        return lines.stream()
                .flatMap(String::lines)
                .map(line -> line.replaceAll("-\\d\\d-[ab]$", ""))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static String published(PlanBundle bundle, String namespace) {
        Secret secret = CLUSTER.client().secrets().inNamespace(namespace).withName("made").get();
        boolean opens =
                secret != null
                        && bundle.plan().keys().stream()
                                .flatMap(key -> key.hashes().stream())
                                .map(KeyHash::sha256)
                                .anyMatch(text(secret, "sha256")::equals);
        return Bundle.accounts(bundle)
                + " "
                + Bundle.keys(bundle)
                + " "
                + bundle.credentials().values().stream()
                        .filter(value -> value.startsWith("sk-"))
                        .toList()
                + " the generated key opens: "
                + opens;
    }

    private static String text(Secret secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.US_ASCII);
    }
}

package dev.llmgateway.operator.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.desired.BundleRole;
import dev.llmgateway.operator.desired.GatewayFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the operator may and may not do, asked of a real API server with a real token of exactly
/// its ServiceAccount.
class OperatorRightsIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<HasMetadata> applied = new ArrayList<>();

    enum Mode {
        Own,
        Namespaces,
        Cluster
    }

    /// In which namespaces something is permitted.
    private enum Where {
        /// In those the mode watches.
        Watched,
        /// In the operator's own alone.
        Own,
        Nowhere
    }

    /// As `kubectl auth can-i`.
    ///
    /// @param resource with its subresource, `group/resource[/sub]`
    private record Right(String verbs, String resource, String name, Where where) {}

    private static final List<Right> TABLE =
            List.of(
                    may("get list watch", "llm-gateway.dev/upstreamaccounts"),
                    may("get list watch", "llm-gateway.dev/gatewaykeys"),
                    may("get list watch", "llm-gateway.dev/gatewayconfigs"),
                    may("patch", "llm-gateway.dev/upstreamaccounts"),
                    mayNot("create update delete", "llm-gateway.dev/upstreamaccounts"),
                    mayNot("create update patch delete", "llm-gateway.dev/gatewaykeys"),
                    mayNot("create update patch delete", "llm-gateway.dev/gatewayconfigs"),
                    may("patch", "llm-gateway.dev/upstreamaccounts/status"),
                    may("patch", "llm-gateway.dev/gatewaykeys/status"),
                    may("patch", "llm-gateway.dev/gatewayconfigs/status"),
                    mayNot("update", "llm-gateway.dev/gatewayconfigs/finalizers"),
                    may("get list watch create update patch", "/secrets"),
                    may("get list watch create update patch", "/configmaps"),
                    may("delete", "/secrets"),
                    mayNot("deletecollection", "/secrets"),
                    mayNot("delete", "/configmaps"),
                    may("get list watch", "/pods"),
                    mayNot("create delete patch", "/pods"),
                    mayNot("create", "/pods/exec"),
                    mayNot("get", "/pods/log"),
                    mayNot("create", "/serviceaccounts/token"),
                    mayNot("impersonate", "/serviceaccounts"),
                    may("get list watch create patch delete", "/services"),
                    may("get list watch create patch delete", "/serviceaccounts"),
                    may("get list watch create patch delete", "apps/deployments"),
                    mayNot("create", "apps/daemonsets"),
                    may("create patch delete", "policy/poddisruptionbudgets"),
                    may("create patch delete", "autoscaling/horizontalpodautoscalers"),
                    may("create patch delete", "networking.k8s.io/networkpolicies"),
                    may("create patch delete", "rbac.authorization.k8s.io/roles"),
                    may("create patch delete", "rbac.authorization.k8s.io/rolebindings"),
                    mayNot("escalate bind", "rbac.authorization.k8s.io/roles"),
                    mayNot("create patch", "rbac.authorization.k8s.io/clusterroles"),
                    may("create patch", "events.k8s.io/events"),
                    new Right("create", "coordination.k8s.io/leases", "", Where.Own),
                    new Right(
                            "get update patch",
                            "coordination.k8s.io/leases",
                            "llm-gateway-operator",
                            Where.Own),
                    mayNot("get list delete", "coordination.k8s.io/leases"));

    private static Right may(String verbs, String resource) {
        return new Right(verbs, resource, "", Where.Watched);
    }

    private static Right mayNot(String verbs, String resource) {
        return new Right(verbs, resource, "", Where.Nowhere);
    }

    @AfterEach
    void remove() {
        applied.forEach(object -> CLUSTER.client().resource(object).delete());
    }

    @ParameterizedTest
    @EnumSource
    void theApiServerAnswersEachQuestionAsTheTableSays(Mode mode) {
        try (KubernetesClient operator = operator(mode)) {
            for (String namespace : List.of(own(), neighbour(), stranger())) {
                for (Right right : TABLE) {
                    boolean expected =
                            switch (right.where()) {
                                case Watched -> watches(mode, namespace);
                                case Own -> namespace.equals(own());
                                case Nowhere -> false;
                            };
                    for (String verb : right.verbs().split(" ", -1)) {
                        assertThat(may(operator, verb, right, namespace))
                                .as("%s: %s %s in %s", mode, verb, right, namespace)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void secretsOfAllNamespacesAndNamespacesThemselvesAreForModeCluster(Mode mode) {
        try (KubernetesClient operator = operator(mode)) {
            boolean cluster = mode == Mode.Cluster;
            Right secrets = may("list", "/secrets");
            assertThat(may(operator, "list", secrets, null)).isEqualTo(cluster);
            assertThat(may(operator, "list", may("list", "/namespaces"), null)).isEqualTo(cluster);
            Right named = new Right("get", "/namespaces", neighbour(), Where.Watched);
            assertThat(may(operator, "get", named, null)).isEqualTo(mode != Mode.Own);
            Right other = new Right("get", "/namespaces", stranger(), Where.Watched);
            assertThat(may(operator, "get", other, null)).isEqualTo(cluster);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theInformersOfTheModeFillAndSeeWhatComes(Mode mode) {
        try (KubernetesClient operator = operator(mode)) {
            String namespace = mode == Mode.Own ? own() : neighbour();
            List<SharedIndexInformer<?>> informers = new ArrayList<>();
            SharedIndexInformer<Secret> secrets =
                    mode == Mode.Cluster
                            ? operator.secrets()
                                    .inAnyNamespace()
                                    .withLabel("llm-gateway.dev/credentials", "true")
                                    .inform()
                            : operator.secrets()
                                    .inNamespace(namespace)
                                    .withLabel("llm-gateway.dev/credentials", "true")
                                    .inform();
            informers.add(secrets);
            informers.add(operator.resources(GatewayConfig.class).inNamespace(namespace).inform());
            informers.add(operator.resources(GatewayKey.class).inNamespace(namespace).inform());
            informers.add(
                    operator.resources(UpstreamAccount.class).inNamespace(namespace).inform());
            informers.add(operator.pods().inNamespace(namespace).inform());
            if (mode == Mode.Namespaces) {
                informers.add(operator.namespaces().withName(namespace).inform());
            }

            CLUSTER.client().resource(credential(namespace, mode)).create();

            Poll.untilTrue(
                    SOON,
                    () -> "all informers synced",
                    () -> informers.stream().allMatch(SharedIndexInformer::hasSynced));
            Poll.untilTrue(
                    SOON,
                    () -> "the Secret: " + secrets.getStore().list(),
                    () ->
                            secrets.getStore().list().stream()
                                    .anyMatch(secret ->
                                            secret.getMetadata().getName().equals(name(mode))));
            informers.forEach(SharedIndexInformer::stop);
        }
    }

    @Test
    void theRoleOfAGatewayMayBeMadeAndOneThatHoldsMoreMayNot() {
        try (KubernetesClient operator = operator(Mode.Own)) {
            GatewayFacts facts =
                    new GatewayFacts(
                            new ObjectRef(own(), "main"),
                            "11111111-2222-3333-4444-555555555555",
                            spec(),
                            new TreeSet<>(),
                            new GatewayFacts.Operator(own(), "image", OptionalLong.empty()));
            Role role = BundleRole.of(facts);
            role.getMetadata().setOwnerReferences(List.of());
            var binding = BundleRole.binding(facts);
            binding.getMetadata().setOwnerReferences(List.of());

            operator.resource(role).serverSideApply();
            operator.resource(binding).serverSideApply();
            role.getRules()
                    .add(
                            new PolicyRuleBuilder()
                                    .withApiGroups("apps")
                                    .withResources("statefulsets")
                                    .withVerbs("create")
                                    .build());

            assertThatThrownBy(() -> operator.resource(role).serverSideApply())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining(
                            "attempting to grant RBAC permissions not currently held");
        }
    }

    private static GatewayConfigSpec spec() {
        return CLUSTER.client()
                .getKubernetesSerialization()
                .convertValue(Map.of(), GatewayConfigSpec.class);
    }

    private KubernetesClient operator(Mode mode) {
        List<HasMetadata> objects =
                switch (mode) {
                    case Own -> OperatorRbac.own(own());
                    case Namespaces -> OperatorRbac.namespaces(own(), List.of(own(), neighbour()));
                    case Cluster -> OperatorRbac.cluster(own());
                };
        for (String namespace : List.of(neighbour(), stranger())) {
            if (CLUSTER.client().namespaces().withName(namespace).get() == null) {
                CLUSTER.createNamespace(namespace, Map.of());
            }
        }
        objects.forEach(object -> CLUSTER.client().resource(object).serverSideApply());
        applied.addAll(objects);
        String token =
                CLUSTER.kubectl().run("create", "token", OperatorRbac.NAME, "-n", own()).strip();
        Config admin = CLUSTER.client().getConfiguration();
        KubernetesClient client =
                new KubernetesClientBuilder()
                        .withConfig(
                                new ConfigBuilder(Config.empty())
                                        .withMasterUrl(admin.getMasterUrl())
                                        .withCaCertData(admin.getCaCertData())
                                        .withCaCertFile(admin.getCaCertFile())
                                        .withOauthToken(token)
                                        .withNamespace(own())
                                        .build())
                        .build();
        // The authorizer follows its own informers: a new binding counts a moment later.
        Poll.untilTrue(
                SOON,
                () -> "the binding counts",
                () ->
                        may(client, "list", may("list", "/secrets"), own())
                                && (mode == Mode.Own || sees(client, mode)));
        return client;
    }

    private static boolean sees(KubernetesClient client, Mode mode) {
        Right named = new Right("get", "/namespaces", neighbour(), Where.Watched);
        return may(client, "get", named, null)
                && (mode == Mode.Namespaces
                        ? may(client, "list", may("list", "/secrets"), neighbour())
                        : may(client, "list", may("list", "/secrets"), null));
    }

    private static boolean may(
            KubernetesClient client, String verb, Right right, @Nullable String namespace) {
        String[] path = right.resource().split("/", -1);
        SelfSubjectAccessReview review =
                new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(path[0])
                        .withResource(path[1])
                        .withSubresource(path.length > 2 ? path[2] : null)
                        .withName(right.name().isEmpty() ? null : right.name())
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }

    private static boolean watches(Mode mode, String namespace) {
        return switch (mode) {
            case Own -> namespace.equals(own());
            case Namespaces -> !namespace.equals(stranger());
            case Cluster -> true;
        };
    }

    private static Secret credential(String namespace, Mode mode) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(mode))
                .addToLabels("llm-gateway.dev/credentials", "true")
                .endMetadata()
                .build();
    }

    private static String name(Mode mode) {
        return "credential-" + mode.name().toLowerCase(Locale.ROOT);
    }

    private static String own() {
        return CLUSTER.namespace();
    }

    private static String neighbour() {
        return CLUSTER.namespace() + "-watched";
    }

    private static String stranger() {
        return CLUSTER.namespace() + "-other";
    }
}

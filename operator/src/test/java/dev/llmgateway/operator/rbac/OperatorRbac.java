package dev.llmgateway.operator.rbac;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rights of the operator by watch mode, as the files of the chart hold them. They are made
/// here, so that what the modes share is written once.
final class OperatorRbac {
    static final String NAME = "llm-gateway-operator";

    private static final String OUR_GROUP = "llm-gateway.dev";
    private static final String RBAC_GROUP = "rbac.authorization.k8s.io";
    private static final List<String> KINDS =
            List.of("upstreamaccounts", "gatewaykeys", "gatewayconfigs");

    /// Verbs on objects that are applied, found again, and removed when no longer wanted.
    private static final List<String> OWNED =
            List.of("get", "list", "watch", "create", "patch", "delete");

    private OperatorRbac() {}

    /// One namespace, the operator's own.
    static List<HasMetadata> own(String namespace) {
        List<HasMetadata> objects = new ArrayList<>(operator(namespace));
        objects.addAll(watched(namespace, namespace));
        return objects;
    }

    /// Some namespaces, whose labels are known as well.
    static List<HasMetadata> namespaces(String namespace, List<String> watched) {
        List<HasMetadata> objects = new ArrayList<>(operator(namespace));
        watched.forEach(each -> objects.addAll(watched(namespace, each)));
        objects.addAll(
                clusterWide(
                        namespace,
                        List.of(
                                rule("", List.of("namespaces"), List.of("get", "list", "watch"))
                                        .withResourceNames(watched)
                                        .build())));
        return objects;
    }

    /// All namespaces there are and will be.
    static List<HasMetadata> cluster(String namespace) {
        List<PolicyRule> rules = new ArrayList<>(watchedRules());
        rules.add(rule("", List.of("namespaces"), List.of("get", "list", "watch")).build());
        List<HasMetadata> objects = new ArrayList<>(operator(namespace));
        objects.addAll(clusterWide(namespace, rules));
        return objects;
    }

    /// Who the operator is, and its leader election.
    private static List<HasMetadata> operator(String namespace) {
        String name = NAME + "-leader";
        return List.of(
                new ServiceAccountBuilder().withMetadata(metadata(namespace, NAME)).build(),
                new RoleBuilder()
                        .withMetadata(metadata(namespace, name))
                        .withRules(
                                rule("coordination.k8s.io", List.of("leases"), List.of("create"))
                                        .build(),
                                rule(
                                                "coordination.k8s.io",
                                                List.of("leases"),
                                                List.of("get", "update", "patch"))
                                        .withResourceNames(NAME)
                                        .build())
                        .build(),
                binding(namespace, name, namespace));
    }

    private static List<HasMetadata> watched(String operator, String namespace) {
        return List.of(
                new RoleBuilder()
                        .withMetadata(metadata(namespace, NAME))
                        .withRules(watchedRules())
                        .build(),
                binding(namespace, NAME, operator));
    }

    private static List<HasMetadata> clusterWide(String namespace, List<PolicyRule> rules) {
        return List.of(
                new ClusterRoleBuilder()
                        .withMetadata(metadata(null, NAME))
                        .withRules(rules)
                        .build(),
                new ClusterRoleBindingBuilder()
                        .withMetadata(metadata(null, NAME))
                        .withRoleRef(new RoleRef(RBAC_GROUP, "ClusterRole", NAME))
                        .withSubjects(subject(namespace))
                        .build());
    }

    /// RBAC knows no labels: whoever may list the Secrets of a namespace may list all of them. The
    /// operator asks for labelled ones and its own alone; the audit log shows it.
    private static List<PolicyRule> watchedRules() {
        List<String> status = KINDS.stream().map(kind -> kind + "/status").toList();
        return List.of(
                rule(OUR_GROUP, KINDS, List.of("get", "list", "watch")).build(),
                rule(OUR_GROUP, status, List.of("patch")).build(),
                // Takes fulfilled wishes off: oauth-grant and its like.
                rule(OUR_GROUP, List.of("upstreamaccounts"), List.of("patch")).build(),
                rule(
                                "",
                                List.of("configmaps", "secrets"),
                                List.of("get", "list", "watch", "create", "update", "patch"))
                        .build(),
                // Grants that are redeemed, and tokens after a sign-out.
                rule("", List.of("secrets"), List.of("delete")).build(),
                rule("", List.of("pods"), List.of("get", "list", "watch")).build(),
                rule("", List.of("serviceaccounts", "services"), OWNED).build(),
                rule("apps", List.of("deployments"), OWNED).build(),
                rule("autoscaling", List.of("horizontalpodautoscalers"), OWNED).build(),
                rule("networking.k8s.io", List.of("networkpolicies"), OWNED).build(),
                rule("policy", List.of("poddisruptionbudgets"), OWNED).build(),
                rule(RBAC_GROUP, List.of("rolebindings", "roles"), OWNED).build(),
                rule("events.k8s.io", List.of("events"), List.of("create", "patch")).build());
    }

    private static HasMetadata binding(String namespace, String role, String operator) {
        return new RoleBindingBuilder()
                .withMetadata(metadata(namespace, role))
                .withRoleRef(new RoleRef(RBAC_GROUP, "Role", role))
                .withSubjects(subject(operator))
                .build();
    }

    private static Subject subject(String namespace) {
        return new SubjectBuilder()
                .withKind("ServiceAccount")
                .withName(NAME)
                .withNamespace(namespace)
                .build();
    }

    private static PolicyRuleBuilder rule(
            String group, List<String> resources, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs);
    }

    private static ObjectMeta metadata(@Nullable String namespace, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(Map.of("app.kubernetes.io/name", NAME))
                .build();
    }
}

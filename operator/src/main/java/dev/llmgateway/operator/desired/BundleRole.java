package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.plan.PartName;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.List;

/// What pods may read: the index of their bundle and its parts, each by its name. RBAC knows no
/// prefixes, so every part is named, filled or not.
public final class BundleRole {
    private BundleRole() {}

    public static Role of(GatewayFacts facts) {
        return new RoleBuilder()
                .withMetadata(Ownership.metadata(facts, facts.account()))
                .withRules(
                        rule(
                                "configmaps",
                                List.of("get", "list", "watch"),
                                List.of(facts.indexName())),
                        rule(
                                "secrets",
                                List.of("get"),
                                PartName.all().stream()
                                        .map(part -> part.object(facts.name()))
                                        .toList()))
                .build();
    }

    public static RoleBinding binding(GatewayFacts facts) {
        return new RoleBindingBuilder()
                .withMetadata(Ownership.metadata(facts, facts.account()))
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", facts.account())
                .withSubjects(
                        new SubjectBuilder()
                                .withKind("ServiceAccount")
                                .withName(facts.account())
                                .withNamespace(facts.gateway().namespace())
                                .build())
                .build();
    }

    private static PolicyRule rule(String resource, List<String> verbs, List<String> names) {
        return new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources(resource)
                .withVerbs(verbs)
                .withResourceNames(names)
                .build();
    }
}

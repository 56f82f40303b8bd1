package dev.llmgateway.operator.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.golden.GoldenFolder;
import dev.llmgateway.fixtures.process.Repository;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files of the chart, and what no mode may hold.
class RbacFilesTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final Map<String, List<HasMetadata>> MODES =
            Map.of(
                    "own", OperatorRbac.own("llm-gateway"),
                    "namespaces",
                            OperatorRbac.namespaces(
                                    "llm-gateway", List.of("llm-gateway", "team-a")),
                    "cluster", OperatorRbac.cluster("llm-gateway"));

    private static final Map<String, String> SAYS =
            Map.of(
                    "own",
                    "# watch.mode Own: the operator sees its own namespace and nothing else.\n",
                    "namespaces",
                    "# watch.mode Namespaces: one Role and RoleBinding for each; here llm-gateway and team-a.\n",
                    "cluster",
                    "# watch.mode Cluster: every namespace; the only mode that may list Secrets of all of them.\n");

    private final GoldenFolder golden =
            GoldenFolder.of(Repository.root().resolve("charts/llm-gateway/rbac"));

    @Test
    void theFilesOfTheChartAreThoseMadeHere() {
        MODES.forEach((mode, objects) ->
                golden.check(
                        mode + ".yaml",
                        SAYS.get(mode)
                                + objects.stream()
                                        .map(object ->
                                                YAML.asYaml(object).replaceFirst("^---\n", ""))
                                        .collect(Collectors.joining("---\n"))));

        assertThat(golden.unused(".yaml")).isEmpty();
    }

    @Test
    void noModeHoldsMoreThanItNeeds() {
        MODES.forEach((mode, objects) ->
                rules(objects)
                        .forEach(rule -> {
                            assertThat(rule.getVerbs())
                                    .as(mode)
                                    .isNotEmpty()
                                    .doesNotContain(
                                            "*",
                                            "escalate",
                                            "bind",
                                            "impersonate",
                                            "deletecollection");
                            assertThat(rule.getResources())
                                    .as(mode)
                                    .isNotEmpty()
                                    .doesNotContain("*");
                            assertThat(rule.getApiGroups()).as(mode).hasSize(1).doesNotContain("*");
                            assertThat(rule.getNonResourceURLs()).as(mode).isEmpty();
                        }));
    }

    @Test
    void onlyModeClusterReachesBeyondNamedNamespaces() {
        assertThat(clusterRules("own")).isEmpty();
        assertThat(clusterRules("namespaces"))
                .hasSize(1)
                .allSatisfy(rule -> {
                    assertThat(rule.getResources()).containsExactly("namespaces");
                    assertThat(rule.getResourceNames()).isNotEmpty();
                });
        assertThat(clusterRules("cluster"))
                .anySatisfy(rule -> assertThat(rule.getResources()).contains("secrets"));
    }

    private static List<PolicyRule> clusterRules(String mode) {
        return MODES.getOrDefault(mode, List.of()).stream()
                .filter(ClusterRole.class::isInstance)
                .flatMap(role -> ((ClusterRole) role).getRules().stream())
                .toList();
    }

    private static Stream<PolicyRule> rules(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(object ->
                        switch (object) {
                            case Role role -> role.getRules().stream();
                            case ClusterRole role -> role.getRules().stream();
                            default -> Stream.of();
                        });
    }
}

package dev.llmgateway.cluster.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ReadResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every CEL rule takes its valid object and refuses its invalid one; a folder judges alike, at the
/// same place and in the same words.
class CelRulesIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Map<String, String> KINDS =
            Map.of(
                    "upstreamaccounts", "UpstreamAccount",
                    "gatewaykeys", "GatewayKey",
                    "gatewayconfigs", "GatewayConfig");

    static List<CelPair> pairs() {
        return CelPair.all();
    }

    static List<CelPair> pairsWithoutChanges() {
        return pairs().stream().filter(pair -> pair.before().isEmpty()).toList();
    }

    @Test
    void everyRuleOfTheChartHasItsPair() {
        Set<String> rules = new TreeSet<>();
        CrdFile.all()
                .forEach(crd -> crd.rules().forEach(rule -> rules.add(crd.plural() + ": " + rule)));

        Set<String> shown = new TreeSet<>();
        pairs().forEach(pair -> shown.add(pair.rule()));

        assertThat(rules).hasSizeGreaterThan(25);
        assertThat(shown).isEqualTo(rules);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theServerTakesTheValidOneAndRefusesTheInvalidOneByThisRuleAlone(CelPair pair) {
        String version = pair.before().map(before -> create(pair, before)).orElse("");
        try {
            submit(pair, pair.valid(), version);

            StatusCause refused = refused(pair, pair.invalid(), version);

            assertThat(refused.getMessage()).endsWith(": " + pair.message());
        } finally {
            pair.before().ifPresent(before -> object(pair, before).delete());
        }
    }

    @ParameterizedTest
    @MethodSource("pairsWithoutChanges")
    void aFolderJudgesAlikeInTheSameWords(CelPair pair) {
        String field = refused(pair, pair.invalid(), "").getField();

        assertThat(compile(pair.valid())).noneMatch(found -> saysTheSame(found, pair, field));
        assertThat(compile(pair.invalid())).anyMatch(found -> saysTheSame(found, pair, field));
    }

    /// For a rule about the whole object the server names no field.
    private static boolean saysTheSame(Diagnostic found, CelPair pair, String field) {
        if (pair.message().startsWith("metadata.name ")) {
            return found.path().equals("metadata.name");
        }
        return found.message().equals(pair.message()) && found.path().equals(field);
    }

    private static List<Diagnostic> compile(String document) {
        ReadResult read = ManifestReader.read("pair.yaml", document);
        assertThat(read.problems()).isEmpty();
        return Compiler.compile(read.manifests(), Instant.EPOCH).diagnostics();
    }

    /// The only cause.
    private static StatusCause refused(CelPair pair, String document, String version) {
        KubernetesClientException refusal =
                catchThrowableOfType(
                        KubernetesClientException.class, () -> submit(pair, document, version));
        assertThat(refusal).as("refused: %s", document).isNotNull();
        assertThat(refusal.getStatus().getDetails().getCauses())
                .as(refusal.getMessage())
                .hasSize(1);
        return refusal.getStatus().getDetails().getCauses().getFirst();
    }

    /// Without effect. With a version it changes the object that is there.
    private static void submit(CelPair pair, String document, String version) {
        Resource<GenericKubernetesResource> object = object(pair, document);
        if (version.isEmpty()) {
            object.dryRun(true).create();
        } else {
            GenericKubernetesResource changed = object.item();
            changed.getMetadata().setResourceVersion(version);
            resource(pair, changed).dryRun(true).update();
        }
    }

    private static String create(CelPair pair, String document) {
        return object(pair, document).create().getMetadata().getResourceVersion();
    }

    private static Resource<GenericKubernetesResource> object(CelPair pair, String document) {
        return resource(
                pair,
                CLUSTER.client()
                        .getKubernetesSerialization()
                        .unmarshal(document.strip(), GenericKubernetesResource.class));
    }

    private static Resource<GenericKubernetesResource> resource(
            CelPair pair, GenericKubernetesResource item) {
        ResourceDefinitionContext context =
                new ResourceDefinitionContext.Builder()
                        .withGroup("llm-gateway.dev")
                        .withVersion("v1alpha1")
                        .withKind(KINDS.get(pair.plural()))
                        .withPlural(pair.plural())
                        .withNamespaced(true)
                        .build();
        return CLUSTER.client()
                .genericKubernetesResources(context)
                .inNamespace(CLUSTER.namespace())
                .resource(item);
    }
}

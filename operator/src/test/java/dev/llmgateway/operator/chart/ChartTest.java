package dev.llmgateway.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.cluster.Helm;
import dev.llmgateway.cluster.OurImage;
import dev.llmgateway.fixtures.golden.GoldenFolder;
import dev.llmgateway.fixtures.process.Repository;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The charts as Helm renders them, without a cluster.
class ChartTest {
    private static final Helm HELM = Helm.offline();
    private static final String CHART = Helm.chart("llm-gateway");

    /// Helm built from source takes an old one for granted.
    private static final String KUBERNETES = "--kube-version=1.29.0";

    private static final Pattern BOUND = Pattern.compile("(\"(?:min|max)imum\":)([0-9.E]+)");

    private static final Path OPERATOR = Repository.root().resolve("operator");
    private static final GoldenFolder GOLDEN =
            GoldenFolder.of(OPERATOR.resolve("src/test/resources/chart"));

    @ParameterizedTest
    @ValueSource(strings = {"own", "namespaces", "cluster"})
    void lintsAndRendersAsReviewed(String values) {
        String file = CHART + "/ci/" + values + "-values.yaml";

        assertThat(HELM.run("lint", "--strict", CHART, "-f", file)).contains("0 chart(s) failed");
        GOLDEN.check(values + ".yaml", withoutDefinitions(render("-f", file)));
    }

    /// The definitions are the files themselves, and long.
    private static String withoutDefinitions(String rendered) {
        return Arrays.stream(rendered.split("(?m)^---\n"))
                .filter(document -> !document.contains("kind: CustomResourceDefinition"))
                .reduce("", (all, document) -> all + "---\n" + document.stripTrailing() + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Own", "Namespaces", "Cluster"})
    void rightsAreThoseTheOperatorIsTestedWith(String mode) throws IOException {
        String rights =
                Files.readString(Path.of(CHART, "rbac", mode.toLowerCase(Locale.ROOT) + ".yaml"));
        List<String> settings = new ArrayList<>(List.of("--set", "watch.mode=" + mode));
        if (mode.equals("Namespaces")) {
            settings.addAll(List.of("--set", "watch.namespaces={team-a}"));
        }

        List<String> rendered = rights(render(settings.toArray(String[]::new)));

        assertThat(rendered).containsExactlyInAnyOrderElementsOf(rights(rights));
    }

    /// Names of cluster-wide objects have the release's namespace in them, and labels are Helm's.
    private static List<String> rights(String manifests) {
        return objects(manifests).stream()
                .filter(object ->
                        object.getApiVersion().startsWith("rbac.")
                                || object.getKind().equals("ServiceAccount"))
                .map(object -> {
                    object.getMetadata().setLabels(Map.of());
                    return Serialization.asYaml(object)
                            .replace("-operator-llm-gateway", "-operator");
                })
                .toList();
    }

    @Test
    void definitionsAreTheGeneratedOnesAndAreKept() throws IOException {
        List<HasMetadata> generated = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(CHART, "crds-src"))) {
            for (Path file : files.sorted().toList()) {
                generated.addAll(objects(Files.readString(file)));
            }
        }

        List<HasMetadata> rendered = definitions(render());
        List<HasMetadata> alone =
                objects(HELM.run("template", "r", Helm.chart("llm-gateway-crds"), KUBERNETES));

        assertThat(rendered)
                .hasSize(3)
                .allSatisfy(crd ->
                        assertThat(crd.getMetadata().getAnnotations())
                                .containsEntry("helm.sh/resource-policy", "keep"));
        rendered.forEach(
                crd -> crd.getMetadata().getAnnotations().remove("helm.sh/resource-policy"));
        assertThat(trees(rendered)).isEqualTo(trees(generated));
        alone.forEach(crd -> crd.getMetadata().setAnnotations(Map.of()));
        assertThat(trees(alone)).isEqualTo(trees(generated));
        assertThat(definitions(render("--set", "crds.enabled=false"))).isEmpty();
        assertThat(definitions(render("--set", "crds.keep=false")))
                .hasSize(3)
                .noneSatisfy(crd ->
                        assertThat(crd.getMetadata().getAnnotations())
                                .containsKey("helm.sh/resource-policy"));
    }

    @Test
    void imagesAreThoseThatMakeImageMakes() {
        assertThat(render())
                .contains("image: \"" + OurImage.OPERATOR.name() + "\"")
                .contains("value: \"" + OurImage.GATEWAY.name() + "\"");
    }

    /// A hook: the release that brings the kind cannot have an object of it, and may end before it.
    @Test
    void aFirstGatewayIsMadeWhereItIsAskedForAndItsTestShowsAKeyThere() {
        String spec = "gateway.create.spec={\"deployment\":{\"service\":{\"port\":81}}}";

        String rendered = render("--set=gateway.create.enabled=true", "--set-json=" + spec);
        List<HasMetadata> ours =
                objects(rendered).stream()
                        .filter(each -> each.getApiVersion().startsWith("llm-gateway.dev/"))
                        .toList();

        assertThat(objects(render()))
                .noneMatch(each -> each.getApiVersion().startsWith("llm-gateway.dev/"));
        assertThat(ours)
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder("GatewayConfig", "GatewayKey");
        assertThat(ours)
                .allSatisfy(each ->
                        assertThat(each.getMetadata().getAnnotations())
                                .containsKey("helm.sh/hook"));
        assertThat(rendered).contains("\"http://main.llm-gateway.svc:81/v1/models\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch.mode=All",
                "watch.mode=Namespaces",
                "watch.namespaces={a}",
                "replica=3",
                "image.repo=x",
                "lease.duration=fast",
                "gateway.runAsUser=0",
                "gateway.create.name=Main",
                "image.digest=latest"
            })
    void aWrongSettingIsRefused(String setting) {
        var result = HELM.tried("template", "r", CHART, "--set", setting);

        assertThat(result.exit()).isNotZero();
        assertThat(result.text()).contains("values don't meet the specifications of the schema");
    }

    private static List<HasMetadata> definitions(String manifests) {
        return objects(manifests).stream()
                .filter(object -> object.getKind().equals("CustomResourceDefinition"))
                .toList();
    }

    /// Without order; bounds are decimal numbers, which Helm writes as whole ones.
    private static Set<JsonNode> trees(List<HasMetadata> objects) {
        return objects.stream()
                .map(Serialization::asJson)
                .map(text ->
                        BOUND.matcher(text)
                                .replaceAll(found ->
                                        found.group(1)
                                                + new BigDecimal(found.group(2)).toBigInteger()))
                .map(ChartTest::tree)
                .collect(Collectors.toSet());
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String render(String... settings) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "template",
                                "llm-gateway",
                                CHART,
                                "--namespace=llm-gateway",
                                KUBERNETES));
        command.addAll(List.of(settings));
        return HELM.run(command.toArray(String[]::new));
    }

    private static List<HasMetadata> objects(String manifests) {
        KubernetesSerialization yaml = new KubernetesSerialization();
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : manifests.split("(?m)^---\n", -1)) {
            if (document.contains("kind:")) {
                objects.add(yaml.unmarshal(document));
            }
        }
        return objects;
    }
}

package dev.llmgateway.crds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What Fabric8's generator makes of the records, before any completion.
class CrdSchemaTest {
    private static final Map<String, Map<?, ?>> VERSIONS = new LinkedHashMap<>();

    @BeforeAll
    static void generate(@TempDir Path folder) throws IOException {
        new CRDGenerator()
                .customResourceClasses(UpstreamAccount.class, GatewayKey.class, GatewayConfig.class)
                .forCRDVersions("v1")
                .inOutputDir(folder.toFile())
                .generate();
        for (String plural : List.of("upstreamaccounts", "gatewaykeys", "gatewayconfigs")) {
            String text = Files.readString(folder.resolve(plural + ".llm-gateway.dev-v1.yml"));
            Object crd = new Load(LoadSettings.builder().build()).loadFromString(text);
            VERSIONS.put(
                    plural, (Map<?, ?>) list(map(map(crd).get("spec")).get("versions")).getFirst());
        }
    }

    @Test
    void everyPropertyBelowSpecAndStatusIsDescribed() {
        List<String> silent = new ArrayList<>();
        List<String> seen = new ArrayList<>();

        VERSIONS.forEach((plural, version) -> visit(schema(version), plural, seen, silent));

        assertThat(silent).isEmpty();
        assertThat(seen).hasSizeGreaterThan(250);
    }

    @Test
    void replicasHaveNoDefaultInTheSchema() {
        Map<?, ?> spec = property(schema(map(VERSIONS.get("gatewayconfigs"))), "spec");
        Map<?, ?> deployment = property(spec, "deployment");

        assertThat(deployment.containsKey("default")).isFalse();
        assertThat(property(deployment, "replicas").containsKey("default")).isFalse();
    }

    @Test
    void aDefaultObeysTheSchemaItStandsIn() {
        List<String> broken = new ArrayList<>();

        VERSIONS.forEach((plural, version) -> checkDefaults(schema(version), plural, broken));

        assertThat(broken).isEmpty();
    }

    @Test
    void accountTimeoutsHaveNoDefaultsThatHideTheGateways() {
        Map<?, ?> spec = property(schema(map(VERSIONS.get("upstreamaccounts"))), "spec");
        Map<?, ?> timeouts = property(spec, "timeouts");

        assertThat(timeouts.containsKey("default")).isFalse();
        assertThat(property(timeouts, "connect").containsKey("default")).isFalse();
    }

    @Test
    void fieldsThatKeepWhateverIsWrittenAreOpen() {
        Map<?, ?> spec = property(schema(map(VERSIONS.get("gatewayconfigs"))), "spec");
        Map<?, ?> deployment = property(spec, "deployment");
        Map<?, ?> rules = property(property(deployment, "networkPolicy"), "extraEgress");

        assertThat(map(rules.get("items")).get("x-kubernetes-preserve-unknown-fields"))
                .isEqualTo(true);
        assertThat(property(deployment, "podTemplate").get("x-kubernetes-preserve-unknown-fields"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "upstreamaccounts, Provider Pool Prio Auth State Ready Expires Age, Display-Name Weight Requests Errors Reason",
        "gatewaykeys, Owner Prefix Ready Expires Budget Last-Used Age, Display-Name Models Requests Revision",
        "gatewayconfigs, Ready Accounts Keys Revision Pods Address Age, ''"
    })
    void columnsAreThoseOfTheSpecification(String plural, String narrow, String wide) {
        List<String> always = new ArrayList<>();
        List<String> onlyWide = new ArrayList<>();

        for (Object column : list(map(VERSIONS.get(plural)).get("additionalPrinterColumns"))) {
            Object priority = map(column).get("priority");
            boolean plain = priority == null || priority.equals(0);
            (plain ? always : onlyWide).add(String.valueOf(map(column).get("name")));
        }

        assertThat(always).containsExactlyInAnyOrder(narrow.split(" "));
        assertThat(String.join(" ", onlyWide.stream().sorted().toList()))
                .isEqualTo(String.join(" ", List.of(wide.split(" ")).stream().sorted().toList()));
    }

    private static void visit(
            Map<?, ?> schema, String path, List<String> seen, List<String> silent) {
        map(schema.get("properties"))
                .forEach((name, property) -> {
                    String below = path + "." + name;
                    seen.add(below);
                    boolean root = below.matches("[a-z]+\\.(spec|status)");
                    if (!root && !map(property).containsKey("description")) {
                        silent.add(below);
                    }
                    visit(map(property), below, seen, silent);
                });
        if (schema.containsKey("items")) {
            visit(map(schema.get("items")), path + "[]", seen, silent);
        }
    }

    private static void checkDefaults(Map<?, ?> schema, String path, List<String> broken) {
        map(schema.get("properties"))
                .forEach((name, property) -> {
                    Map<?, ?> below = map(property);
                    if (below.containsKey("default")) {
                        checkValue(below.get("default"), below, path + "." + name, broken);
                    }
                    checkDefaults(below, path + "." + name, broken);
                });
        if (schema.containsKey("items")) {
            checkDefaults(map(schema.get("items")), path + "[]", broken);
        }
    }

    private static void checkValue(
            @Nullable Object value, Map<?, ?> schema, String path, List<String> broken) {
        if (value instanceof List<?> values
                && schema.get("minItems") instanceof Integer least
                && values.size() < least) {
            broken.add(path + " has " + values.size() + " items");
        }
        if (value instanceof Map<?, ?> fields) {
            Map<?, ?> known = map(schema.get("properties"));
            fields.forEach((name, field) -> {
                if (known.get(name) instanceof Map<?, ?> property) {
                    checkValue(field, property, path + "." + name, broken);
                } else {
                    broken.add(path + " sets unknown " + name);
                }
            });
        }
    }

    private static Map<?, ?> schema(Map<?, ?> version) {
        return map(map(version.get("schema")).get("openAPIV3Schema"));
    }

    private static Map<?, ?> property(Map<?, ?> schema, String name) {
        return map(map(schema.get("properties")).get(name));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}

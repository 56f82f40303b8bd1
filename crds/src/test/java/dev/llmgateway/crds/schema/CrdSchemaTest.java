package dev.llmgateway.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.golden.GoldenFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The CRDs in the chart are those the records make, and say what the specification says.
class CrdSchemaTest {
    private static final Path CHART = Path.of("../charts/llm-gateway/crds-src");
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();
    private static final Map<String, Map<?, ?>> VERSIONS = new LinkedHashMap<>();

    @BeforeAll
    static void generate(@TempDir Path folder) throws IOException {
        TEXTS.putAll(GenerateCrds.texts(folder));
        for (Kind kind : Kind.ALL) {
            String text = TEXTS.get(kind.plural() + ".yaml");
            Object crd = new Load(LoadSettings.builder().build()).loadFromString(text);
            VERSIONS.put(
                    kind.plural(),
                    (Map<?, ?>) list(map(map(crd).get("spec")).get("versions")).getFirst());
        }
    }

    @Test
    void theChartHoldsWhatTheRecordsMake() {
        GoldenFolder chart = GoldenFolder.of(CHART);

        TEXTS.forEach(chart::check);

        assertThat(chart.unused("")).isEmpty();
    }

    @Test
    void plainApplyCanKeepThemInItsAnnotation() {
        assertThat(TEXTS.values())
                .allSatisfy(text -> assertThat(text.length()).isLessThan(256 << 10));
    }

    @Test
    void everythingAPersonWritesHasAMaximum() {
        List<String> endless = new ArrayList<>();

        VERSIONS.forEach((plural, version) -> {
            Map<?, ?> spec = property(schema(version), "spec");
            eachField(
                    spec,
                    plural,
                    (path, field) -> {
                        if (!isBounded(field)) {
                            endless.add(path);
                        }
                    });
        });

        assertThat(endless).isEmpty();
    }

    @Test
    void timesAndNumbersHaveFormats() {
        List<String> loose = new ArrayList<>();

        VERSIONS.forEach((plural, version) ->
                eachField(
                        schema(version),
                        plural,
                        (path, field) -> {
                            boolean time =
                                    String.valueOf(field.get("description")).contains("RFC 3339");
                            boolean number = "integer".equals(field.get("type"));
                            if ((time || number) && !field.containsKey("format")) {
                                loose.add(path);
                            }
                        }));

        assertThat(loose).isEmpty();
    }

    @Test
    void listsThatPeopleEditAreMapsByNameAndSomeListsHaveNoKey() {
        List<String> keyed = new ArrayList<>();

        VERSIONS.forEach((plural, version) ->
                eachField(
                        schema(version),
                        plural,
                        (path, field) -> {
                            if ("map".equals(field.get("x-kubernetes-list-type"))) {
                                keyed.add(
                                        path + " " + list(field.get("x-kubernetes-list-map-keys")));
                            }
                        }));

        assertThat(keyed)
                .contains(
                        "upstreamaccounts.spec.models [name]",
                        "upstreamaccounts.status.conditions [type]",
                        "gatewaykeys.spec.budgets [name]",
                        "gatewayconfigs.spec.modelRoutes [name]",
                        "gatewayconfigs.spec.oauthClients [profile]",
                        "gatewayconfigs.spec.policies [name]",
                        "gatewayconfigs.spec.policies[].ceilings.budgets [name]",
                        "gatewayconfigs.status.replicas [pod]")
                .noneMatch(path -> path.contains("targets") || path.contains("status.hashes"));
    }

    @Test
    void noRuleStandsTwice() {
        VERSIONS.forEach((plural, version) ->
                eachField(
                        schema(version),
                        plural,
                        (path, field) ->
                                assertThat(list(field.get("x-kubernetes-validations")))
                                        .as(path)
                                        .doesNotHaveDuplicates()));
    }

    @Test
    void everyPropertyBelowSpecAndStatusIsDescribed() {
        List<String> silent = new ArrayList<>();
        List<String> seen = new ArrayList<>();

        VERSIONS.forEach((plural, version) ->
                eachField(
                        schema(version),
                        plural,
                        (path, field) -> {
                            seen.add(path);
                            if (!field.containsKey("description") && !path.endsWith("[]")) {
                                silent.add(path);
                            }
                        }));

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

        assertThat(String.join(" ", always)).isEqualTo(narrow);
        assertThat(String.join(" ", onlyWide)).isEqualTo(wide);
    }

    /// Every property below a schema; elements of lists and values of maps end in `[]`.
    private static void eachField(
            Map<?, ?> schema, String path, BiConsumer<String, Map<?, ?>> action) {
        map(schema.get("properties"))
                .forEach((name, property) -> field(map(property), path + "." + name, action));
        for (String below : List.of("items", "additionalProperties")) {
            if (schema.containsKey(below)) {
                field(map(schema.get(below)), path + "[]", action);
            }
        }
    }

    private static void field(Map<?, ?> field, String path, BiConsumer<String, Map<?, ?>> action) {
        action.accept(path, field);
        eachField(field, path, action);
    }

    private static boolean isBounded(Map<?, ?> field) {
        if (Boolean.TRUE.equals(field.get("x-kubernetes-preserve-unknown-fields"))) {
            return true;
        }
        return switch (String.valueOf(field.get("type"))) {
            case "string" -> field.containsKey("maxLength") || field.containsKey("enum");
            case "array" -> field.containsKey("maxItems");
            case "object" ->
                    !field.containsKey("additionalProperties")
                            || field.containsKey("maxProperties");
            default -> true;
        };
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

package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadResult;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The four consents of spec/resources.md: a key may use an account if and only if all four agree.
class ConsentTableTest {
    private static final String GATEWAY = "system";

    /// Which of the four say yes, and where the key and the account stand.
    record Row(
            boolean gatewayTakesKeys,
            boolean gatewayTakesAccounts,
            boolean accountTakesKey,
            boolean keyTakesAccount,
            String keyNamespace,
            String accountNamespace) {
        boolean allAgree() {
            return gatewayTakesKeys && gatewayTakesAccounts && accountTakesKey && keyTakesAccount;
        }
    }

    /// 16 times: the key and the account each in a namespace of their own, both in one, and beside
    /// the gateway.
    static Stream<Row> rows() {
        return IntStream.range(0, 16)
                .boxed()
                .flatMap(bits ->
                        Stream.of(
                                row(bits, "keys", "accounts"),
                                row(bits, "tenant", "tenant"),
                                row(bits, GATEWAY, GATEWAY)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aKeyMayUseAnAccountIfAllFourAgree(Row row) {
        GatewayPlan plan = compile(row);

        assertThat(mayUse(plan)).isEqualTo(row.allAgree());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRefusalOfTheGatewayLeavesTheObjectOut(Row row) {
        GatewayPlan plan = compile(row);

        assertThat(plan.keys()).hasSize(row.gatewayTakesKeys() ? 1 : 0);
        assertThat(plan.accounts()).hasSize(row.gatewayTakesAccounts() ? 1 : 0);
    }

    static Stream<Row> placesOfDefaults() {
        return Stream.of(GATEWAY, "keys", "accounts")
                .flatMap(key ->
                        Stream.of(GATEWAY, "keys", "accounts")
                                .map(account -> row(0, key, account)));
    }

    @ParameterizedTest
    @MethodSource("placesOfDefaults")
    void byDefaultOnlyTheGatewaysOwnNamespaceWorks(Row row) {
        GatewayPlan plan = compile(gateway("{}"), account(row, ""), key(row, ""));

        assertThat(mayUse(plan))
                .isEqualTo(
                        row.keyNamespace().equals(GATEWAY)
                                && row.accountNamespace().equals(GATEWAY));
    }

    private static Row row(int bits, String keyNamespace, String accountNamespace) {
        return new Row(
                (bits & 1) != 0,
                (bits & 2) != 0,
                (bits & 4) != 0,
                (bits & 8) != 0,
                keyNamespace,
                accountNamespace);
    }

    private static boolean mayUse(GatewayPlan plan) {
        for (KeyPlan key : plan.keys()) {
            for (AccountPlan account : plan.accounts()) {
                if (account.consumers().contains(key.ref().namespace())
                        && key.accountNamespaces().contains(account.ref().namespace())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static GatewayPlan compile(Row row) {
        return compile(
                gateway(
                        "{allowedKeys: {namespaces: %s}, allowedAccounts: {namespaces: %s}}"
                                .formatted(
                                        naming(row.gatewayTakesKeys(), row.keyNamespace()),
                                        naming(
                                                row.gatewayTakesAccounts(),
                                                row.accountNamespace()))),
                account(
                        row,
                        ", allowedConsumers: {namespaces: "
                                + naming(row.accountTakesKey(), row.keyNamespace())
                                + "}"),
                key(
                        row,
                        ", permissions: {accountNamespaces: "
                                + naming(row.keyTakesAccount(), row.accountNamespace())
                                + "}"));
    }

    private static GatewayPlan compile(String... documents) {
        ReadResult read = ManifestReader.read("rows.yaml", String.join("---\n", documents));
        assertThat(read.problems()).isEmpty();
        ManifestSet set = read.manifests();
        Compilation compilation = Compiler.compile(set, Instant.EPOCH, CompileOptions.CLUSTER);
        return Objects.requireNonNull(compilation.plans().get(new ObjectRef(GATEWAY, "main")));
    }

    /// A refusal selects some other namespace.
    private static String naming(boolean agrees, String namespace) {
        return "{from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: %s}}}"
                .formatted(agrees ? namespace : "elsewhere");
    }

    private static String gateway(String spec) {
        return document("GatewayConfig", "main", GATEWAY, spec);
    }

    private static String account(Row row, String more) {
        return document(
                "UpstreamAccount",
                "account",
                row.accountNamespace(),
                "{gatewayRef: {name: main, namespace: %s}, provider: OpenAI, auth: {none: {}}%s}"
                        .formatted(GATEWAY, more));
    }

    private static String key(Row row, String more) {
        return document(
                "GatewayKey",
                "key",
                row.keyNamespace(),
                "{gatewayRef: {name: main, namespace: %s}, source: {hashes: [\"sha256:%s\"]}%s}"
                        .formatted(GATEWAY, "a".repeat(64), more));
    }

    private static String document(String kind, String name, String namespace, String spec) {
        return """
        apiVersion: llm-gateway.dev/v1alpha1
        kind: %s
        metadata: {name: %s, namespace: %s}
        spec: %s
        """
                .formatted(kind, name, namespace, spec);
    }
}

package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Key, account and gateway stand in three namespaces: the account serves the key exactly where all
/// four agree (spec/resources.md, Consent).
class ConsentTableTest {
    private static final String SET =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main, namespace: home}
            spec:
              simulation: {enabled: true}
              allowedKeys: {namespaces: {from: %s}}
              allowedAccounts: {namespaces: {from: %s}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: a, namespace: payer}
            spec:
              provider: Simulated
              gatewayRef: {name: main, namespace: home}
              allowedConsumers: {namespaces: {from: %s}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: k, namespace: asker}
            spec:
              gatewayRef: {name: main, namespace: home}
              source: {hashes: ["sha256:%s"]}
              permissions: {accountNamespaces: {from: %s}}
            """;

    static Stream<Arguments> table() {
        return IntStream.range(0, 16)
                .mapToObj(bits ->
                        Arguments.of(
                                (bits & 1) != 0,
                                (bits & 2) != 0,
                                (bits & 4) != 0,
                                (bits & 8) != 0));
    }

    @ParameterizedTest(
            name =
                    "keys admitted {0}, accounts admitted {1}, spending allowed {2}, prompts allowed {3}")
    @MethodSource("table")
    void anAccountServesAKeyOnlyWhereAllFourAgree(
            boolean keys, boolean accounts, boolean spending, boolean prompts) {
        String yaml =
                SET.formatted(
                        from(keys),
                        from(accounts),
                        from(spending),
                        "ab".repeat(32),
                        prompts ? "All" : "Trusted");

        boolean served = served(yaml, "asker", "payer");

        assertThat(served).isEqualTo(keys && accounts && spending && prompts);
    }

    @ParameterizedTest(
            name =
                    "keys admitted {0}, accounts admitted {1}, spending allowed {2}, prompts allowed {3}")
    @MethodSource("table")
    void insideOneNamespaceEverybodyAgrees(
            boolean keys, boolean accounts, boolean spending, boolean prompts) {
        String yaml =
                SET.formatted(
                                from(keys),
                                from(accounts),
                                from(spending),
                                "ab".repeat(32),
                                prompts ? "All" : "Trusted")
                        .replace("payer", "home")
                        .replace("asker", "home");

        assertThat(served(yaml, "home", "home")).isTrue();
    }

    private static String from(boolean agreed) {
        return agreed ? "All" : "Same";
    }

    private static boolean served(String yaml, String keyNamespace, String accountNamespace) {
        ManifestSet set = ManifestReader.read("case.yaml", yaml).manifests();
        GatewayPlan plan =
                Compiler.compile(set, Instant.parse("2026-11-25T00:00:00Z"))
                        .plans()
                        .values()
                        .iterator()
                        .next();
        List<KeyPlan> keys = plan.keys();
        List<AccountPlan> accounts = plan.accounts();
        return !keys.isEmpty()
                && !accounts.isEmpty()
                && accounts.getFirst().consumers().contains(keyNamespace)
                && keys.getFirst().accountNamespaces().contains(accountNamespace);
    }
}

package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ReadResult;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.PlanCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Canaries in every place a Secret's value passes: none may be seen in what comes out.
class NoSecretLeaksTest {
    private static final String CANARY = "canary-4711";
    private static final String BASE64 = encoded(CANARY + "-encoded");

    private static final String FOLDER =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: good, labels: {llm-gateway.dev/credentials: "true"}}
            stringData: {api-key: canary-4711-good, access-token: canary-4711-token}
            data: {encoded: "@BASE64@"}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: broken, labels: {llm-gateway.dev/credentials: "true"}}
            stringData: {line: "canary-4711-line\\n", tls.crt: canary-4711-crt, tls.key: canary-4711-key, umlaut: "canary-4711-ü"}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: not-base64}
            data: {api-key: "canary-4711!"}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: unlabelled}
            stringData: {api-key: canary-4711-unlabelled}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: generated}
            stringData: {api-key: canary-4711-plaintext, sha256: canary-4711-digest, previous-sha256: canary-4711-previous}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: pem, labels: {llm-gateway.dev/credentials: "true"}}
            stringData: {tls.crt: "-----BEGIN CERTIFICATE----- canary-4711", tls.key: "-----BEGIN PRIVATE KEY----- canary-4711"}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec: {deployment: {tls: {secretRef: {name: pem}}}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: broken}
            spec: {deployment: {tls: {secretRef: {name: broken}}}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: oauth}
            spec: {gatewayRef: {name: main}, provider: Anthropic, auth: {oauth: {secretRef: {name: good}, profile: Anthropic}}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: generated}
            spec: {gatewayRef: {name: main}, source: {generate: {secretName: generated}}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: not-a-hash}
            spec: {gatewayRef: {name: main}, source: {hashes: [canary-4711-pasted-plaintext]}}
            """;

    private static String account(String name, String secret, String key) {
        return """
        ---
        apiVersion: llm-gateway.dev/v1alpha1
        kind: UpstreamAccount
        metadata: {name: %s}
        spec: {gatewayRef: {name: main}, provider: OpenAI, auth: {apiKey: {secretRef: {name: %s, key: %s}}}}
        """
                .formatted(name, secret, key);
    }

    private static final ReadResult READ =
            ManifestReader.read(
                    "folder.yaml",
                    FOLDER.replace("@BASE64@", BASE64)
                            + account("plain", "good", "api-key")
                            + account("encoded", "good", "encoded")
                            + account("line", "broken", "line")
                            + account("umlaut", "broken", "umlaut")
                            + account("unlabelled", "unlabelled", "api-key")
                            + account("missing-key", "good", "nothing")
                            + account("not-base64", "not-base64", "api-key"));

    private static final Compilation COMPILATION =
            Compiler.compile(READ.manifests(), Instant.EPOCH, CompileOptions.FOLDER);

    @Test
    void theCanariesAreRead() {
        assertThat(READ.manifests().secrets())
                .flatExtracting(secret -> secret.values().values())
                .anyMatch(value -> value.equals(CANARY + "-encoded"))
                .anyMatch(value -> value.equals(CANARY + "-good"))
                .hasSizeGreaterThan(10);
    }

    @Test
    void usableSecretsGiveUsableAccounts() {
        assertThat(COMPILATION.plans().values())
                .flatExtracting(GatewayPlan::accounts)
                .extracting(account -> account.ref().name())
                .containsExactly("encoded", "oauth", "plain");
    }

    @Test
    void noPlanHoldsACanary() {
        List<String> seen = new ArrayList<>();
        for (GatewayPlan plan : COMPILATION.plans().values()) {
            seen.add(new String(PlanCodec.encode(plan), StandardCharsets.UTF_8));
            seen.add(plan.toString());
        }

        assertThat(seen).hasSize(2).allSatisfy(NoSecretLeaksTest::isSilent);
    }

    @Test
    void noDiagnosticQuotesACanary() {
        assertThat(COMPILATION.diagnostics())
                .extracting(Diagnostic::reason)
                .contains(
                        Reason.InvalidCredential,
                        Reason.SecretNotLabelled,
                        Reason.SecretKeyMissing,
                        Reason.UnsupportedValue);
        assertThat(COMPILATION.diagnostics())
                .allSatisfy(remark -> isSilent(remark + remark.message()));
        assertThat(READ.problems())
                .isNotEmpty()
                .allSatisfy(problem -> isSilent(problem.toString()));
    }

    @Test
    void noToStringShowsASecret() {
        World world = World.of(READ.manifests(), Instant.EPOCH);

        assertThat(READ.manifests().secrets()).allSatisfy(secret -> isSilent(secret.toString()));
        isSilent(READ.manifests().secrets().toString());
        isSilent(world.toString());
        isSilent(COMPILATION.toString());
    }

    private static void isSilent(String text) {
        assertThat(text).doesNotContain(CANARY).doesNotContain(BASE64);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.llmgateway.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.exchange.LoadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFolderTest {
    private static final String GATEWAY =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec:
              simulation: {enabled: true}
              egress: {allowPrivateNetworks: true}
            """;
    private static final String ACCOUNT =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: sim}
            spec: {provider: Simulated}
            """;
    private static final String KEY =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: dev}
            spec:
              source: {generate: {secretName: dev-key}}
            """;

    @TempDir Path folder;
    private final Recorder sink = new Recorder();
    private ManifestFolder source;

    @BeforeEach
    void fill() throws IOException {
        write("gateway.yaml", GATEWAY);
        write("account.yaml", ACCOUNT);
        write("key.yaml", KEY);
        source = folder(Map.of());
        load();
    }

    @Test
    void aValidFolderBecomesAPlanWithoutProblems() {
        assertThat(sink.report.problems()).isEmpty();
        assertThat(sink.plan().accounts()).hasSize(1);
        assertThat(sink.plan().keys()).hasSize(1);
        assertThat(sink.report.revision()).isEqualTo("r-1");
    }

    @Test
    void aGeneratedKeyIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
        KeptKey first = sink.keys.getFirst();

        folder(Map.of()).load(FolderScan.of(folder));

        assertThat(first.fresh()).isTrue();
        assertThat(first.text()).startsWith("llmgw_");
        assertThat(sink.keys.getFirst().fresh()).isFalse();
        assertThat(sink.keys.getFirst().text()).isEqualTo(first.text());
        Path file = folder.resolve(".llm-gateway/keys/default.dev-key.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve(".llm-gateway"))))
                .isEqualTo("rwx------");
        assertThat(first.toString()).doesNotContain(first.text());
    }

    @Test
    void aSyntaxErrorKeepsTheFilesLastGoodDocumentsAndOthersApply() throws IOException {
        write("account.yaml", "spec: {provider: Simulated");
        write(
                "gateway.yaml",
                GATEWAY.replace(
                        "simulation:",
                        "modelRoutes: [{name: a, match: fast, targets: [{pool: default}]}]\n  simulation:"));
        load();

        assertThat(sink.plan().accounts()).hasSize(1);
        assertThat(sink.plan().routes()).hasSize(1);
        assertThat(sink.report.problems()).anyMatch(problem -> problem.startsWith("account.yaml:"));
        assertThat(sink.report.errors()).isPositive();
    }

    @Test
    void anInvalidObjectIsLeftOutAndNamed() throws IOException {
        write(
                "more.yaml",
                ACCOUNT.replace("sim", "odd").replace("provider: Simulated", "providr: Simulated"));
        load();

        assertThat(sink.plan().accounts()).hasSize(1);
        assertThat(sink.report.problems())
                .anyMatch(
                        problem -> problem.contains("more.yaml:1") && problem.contains("provider"));
    }

    @Test
    void aVanishedFileTakesItsObjectsAlong() throws IOException {
        write("second.yaml", ACCOUNT.replace("sim", "sim-two"));
        load();
        int before = sink.plan().accounts().size();

        Files.delete(folder.resolve("second.yaml"));
        load();

        assertThat(before).isEqualTo(2);
        assertThat(sink.plan().accounts()).hasSize(1);
    }

    @Test
    void aVanishedFileNeverTakesTheLastAccountAlong() throws IOException {
        Files.delete(folder.resolve("account.yaml"));
        load();
        load();

        assertThat(sink.plan().accounts()).hasSize(1);
        assertThat(sink.report.problems()).anyMatch(problem -> problem.contains("vanished"));

        write("account.yaml", ACCOUNT.replace("sim", "back"));
        load();

        assertThat(sink.plan().accounts().getFirst().ref().name()).isEqualTo("back");
        assertThat(sink.report.problems()).isEmpty();
    }

    @Test
    void anEmptiedFileNeverTakesTheLastAccountAlong() throws IOException {
        write("account.yaml", "");
        load();

        assertThat(sink.plan().accounts()).hasSize(1);
        assertThat(sink.revisions).containsExactly("r-1");

        write("account.yaml", ACCOUNT.replace("sim", "filled"));
        load();

        assertThat(sink.plan().accounts().getFirst().ref().name()).isEqualTo("filled");
    }

    @Test
    void aFileThatChangedSinceTheScanKeepsWhatItHadUntilTheNextLook() throws IOException {
        FolderScan before = FolderScan.of(folder);
        write("account.yaml", ACCOUNT.replace("sim", "much-longer-name"));
        source.load(before);

        assertThat(sink.plan().accounts().getFirst().ref().name()).isEqualTo("sim");

        load();

        assertThat(sink.plan().accounts().getFirst().ref().name()).isEqualTo("much-longer-name");
    }

    @Test
    void aGatewayWithAMistakeIsNotReplacedByOneWithoutItsPolicies() throws IOException {
        write("gateway.yaml", GATEWAY.replace("simulation", "simulatoin"));
        load();

        assertThat(sink.revisions).containsExactly("r-1");
        assertThat(sink.report.problems()).anyMatch(problem -> problem.contains("simulation"));
    }

    @Test
    void anUnchangedFolderIsNoNewRevision() throws IOException {
        write("gateway.yaml", GATEWAY + "\n# a comment\n");
        load();

        assertThat(sink.revisions).containsExactly("r-1");
    }

    @Test
    void secretsComeFromDocumentsThenFilesThenTheEnvironment() throws IOException {
        String account =
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: %1$s}
                spec:
                  provider: OpenAI
                  auth: {apiKey: {secretRef: {name: %1$s, key: api-key}}}
                """;
        write("from-file.yaml", account.formatted("from-file"));
        write("from-env.yaml", account.formatted("from-env"));
        Files.createDirectories(folder.resolve("secrets/from-file"));
        write("secrets/from-file/api-key", "sk-file\n");
        source = folder(Map.of("LLM_GATEWAY_SECRET_FROM_ENV_API_KEY", "sk-env"));
        load();

        assertThat(sink.plan().accounts()).hasSize(3);
        assertThat(sink.credentials)
                .containsEntry(new CredentialRef("default", "from-file", "api-key"), "sk-file")
                .containsEntry(new CredentialRef("default", "from-env", "api-key"), "sk-env");
    }

    @Test
    void oneOfSeveralGatewaysMustBeChosen() throws IOException {
        write("other.yaml", GATEWAY.replace("main", "other"));
        load();

        assertThat(sink.report.problems()).anyMatch(problem -> problem.contains("--gateway"));
        assertThat(sink.revisions).containsExactly("r-1");
    }

    private ManifestFolder folder(Map<String, String> environment) {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-25T00:00:00Z"));
        return new ManifestFolder(folder, "", environment, new SecureRandom(), clock, sink);
    }

    private void load() throws IOException {
        source.load(FolderScan.of(folder));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static final class Recorder implements PlanSink {
        final List<String> revisions = new ArrayList<>();
        private final List<GatewayPlan> plans = new ArrayList<>();
        Map<CredentialRef, String> credentials = Map.of();
        LoadReport report = LoadReport.NOTHING;
        List<KeptKey> keys = List.of();

        @Override
        public void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> values) {
            revisions.add(revision);
            plans.add(plan);
            credentials = values;
        }

        @Override
        public void report(LoadReport now, List<KeptKey> kept) {
            report = now;
            keys = kept;
        }

        GatewayPlan plan() {
            return plans.getLast();
        }
    }
}

package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.fixtures.golden.GoldenFolder;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `import` of the earlier product's configuration.
class ImportTest {
    private static final Path CONFIG =
            Repository.root().resolve("kubectl-plugin/src/test/resources/import/config.yaml");

    private final GoldenFolder golden = GoldenFolder.of(CONFIG.resolveSibling(""));

    @TempDir private Path folder = Path.of("");

    @Test
    void everyFieldBecomesAManifestOrIsNamedAndSecretsStandApart() throws IOException {
        Path secrets = folder.resolve("secrets.yaml");

        Ended ended = Cli.bare().run("import", CONFIG.toString(), "--secrets-file=" + secrets);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain("canary");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        golden.check("manifests.golden", ended.out());
        golden.check("secrets.golden", Files.readString(secrets));
        assertThat(golden.unused(".golden")).isEmpty();
    }

    @Test
    void anImportedFolderPassesTheCheck() {
        Cli cli = Cli.on(folder);

        Ended ended = cli.run("import", CONFIG.toString(), "--apply");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(cli.ok("check", "-f", folder.toString()))
                .doesNotContain("spec.source", "unknown");
        assertThat(cli.ok("apikey", "list", "-o", "name")).contains("/team-a", "/key");
        assertThat(cli.ok("upstream", "list", "-o", "name"))
                .contains("/claude-main\n", "/claude-main-2", "/qwen");
        assertThat(folder.resolve("secrets/claude-main-api-key/api-key"))
                .content()
                .contains("sk-ant-canary");
    }

    @Test
    void whatIsNoConfigurationIsRefused() throws IOException {
        Path list = Files.writeString(folder.resolve("list.yaml"), "- 1\n");

        assertThat(Cli.bare().run("import", list.toString()).code()).isEqualTo(2);
        assertThat(Cli.bare().run("import", folder.resolve("none").toString()).code()).isEqualTo(3);
    }
}

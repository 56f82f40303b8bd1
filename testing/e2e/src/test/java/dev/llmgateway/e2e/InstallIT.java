package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways the command line comes onto a machine, and what other programs there see of it.
class InstallIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SECRET = "sk-canary-0123456789";
    private static final String MADE = "llmgw_canary_made_by_the_operator";

    private static Path dist = Path.of("");

    @TempDir private Path work = Path.of("");

    @BeforeAll
    static void build() {
        PluginPackage.program();
        dist = Repository.root().resolve("dist-plugin");
    }

    @Test
    void kubectlFindsTheInstalledPluginAndCompletesItsWords() {
        Path prefix = work.resolve("a prefix");
        Path install = Repository.root().resolve("kubectl-plugin/install.sh");
        for (int i = 0; i < 2; i++) { // an update is the same command
            ok(Map.of(), install.toString(), prefix.toString());
        }
        Path bin = prefix.resolve("bin");
        Map<String, String> path = path(bin);

        assertThat(ok(path, "kubectl", "plugin", "list"))
                .contains(bin.resolve("kubectl-llm_gateway").toString())
                .doesNotContain("warning", "error");
        assertThat(ok(path, "kubectl", "llm-gateway", "version", "--client"))
                .containsPattern("^client \\d+\\.\\d+\\.\\d+");
        assertThat(ok(path, "kubectl", "llm-gateway", "upstream", "add", "--help"))
                .contains("Usage: kubectl llm-gateway upstream add");
        assertThat(ok(path, "llm-gateway", "upstream", "add", "--help"))
                .contains("Usage: llm-gateway upstream add");
        assertThat(ok(path, "kubectl", "__complete", "llm-gateway", "up"))
                .contains("\nupstream\n:4");
        ok(
                path,
                "llm-gateway",
                "--dir=" + work,
                "upstream",
                "add",
                "x",
                "--provider=Qwen",
                "--type=none");
        assertThat(
                        ok(
                                path,
                                "kubectl",
                                "__complete",
                                "llm-gateway",
                                "--dir=" + work,
                                "upstream",
                                "show",
                                ""))
                .contains("\nx\n:4");
    }

    @Test
    void krewsManifestNamesWhatTheArchiveHas() throws IOException {
        String manifest = Files.readString(dist.resolve("llm-gateway.yaml"));
        Path archive = dist.resolve(found(manifest, "uri: https://\\S+/([^/\\s]+)"));
        ok(Map.of(), "tar", "-xzf", archive.toString(), "-C", work.toString());
        String from = found(manifest, "from: (\\S+)/\\*, to: \\.");
        String program = found(manifest, "bin: (\\S+)");
        Path store = work.resolve(from);
        Path bin = Files.createDirectory(work.resolve("krew"));
        Files.createSymbolicLink(bin.resolve("kubectl-llm_gateway"), store.resolve(program));

        assertThat(found(manifest, "sha256: (\\S+)")).isEqualTo(sha256(archive));
        assertThat(archive.toString()).contains(found(manifest, "version: v(\\S+)"));
        assertThat(manifest).contains("kind: Plugin\n", "  name: llm-gateway\n");
        assertThat(store.resolve("LICENSE")).isRegularFile();
        assertThat(ok(path(bin), "kubectl", "llm-gateway", "version", "--client"))
                .contains(found(manifest, "version: v(\\S+)"));
        assertThat(ok(path(bin), "kubectl", "llm-gateway", "apikey", "--help"))
                .contains("kubectl llm-gateway apikey");
    }

    @Test
    void theVariantWithoutARuntimeWorksWithTheJavaThatIsThere() throws IOException {
        Path archive = dist.resolve("llm-gateway-" + version() + "-java.tar.gz");
        ok(Map.of(), "tar", "-xzf", archive.toString(), "-C", work.toString());
        Path home = work.resolve("llm-gateway");
        Path program = home.resolve("bin/llm-gateway");
        Path folder = Files.createDirectory(work.resolve("folder"));
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));

        ok(
                java,
                program.toString(),
                "--dir=" + folder,
                "upstream",
                "add",
                "x",
                "--provider=Qwen",
                "--type=none");

        assertThat(home.resolve("runtime")).doesNotExist();
        assertThat(
                        ok(
                                java,
                                program.toString(),
                                "--dir=" + folder,
                                "upstream",
                                "list",
                                "-o",
                                "name"))
                .isEqualTo("upstreamaccount.llm-gateway.dev/x\n");
        assertThat(ok(java, home.resolve("bin/llm-gateway-runtime").toString(), "--help"))
                .contains("--dir");
    }

    /// The spy stands where `kubectl` does; it sees itself and us as `ps` would.
    @Test
    void noProcessShowsASecretInItsArgumentsOrItsEnvironment() throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        String made = base64.encodeToString(MADE.getBytes(StandardCharsets.US_ASCII));
        Path spy = spy(made);
        Path file = Files.writeString(work.resolve("key"), SECRET);
        Map<String, String> environment = Map.of("KUBECTL", spy.toString());
        String cli = dist.resolve("llm-gateway/bin/llm-gateway").toString();

        ok(environment, cli, "upstream", "add", "a", "--provider=OpenAI", "--key-file=" + file);
        ok(
                environment,
                "sh",
                "-c",
                cli + " upstream add b --provider=OpenAI --key-stdin -v 9 < " + file);
        String rotated = ok(environment, cli, "apikey", "rotate", "rotated", "-o", "key");
        String hashed = ok(environment, cli, "apikey", "add", "h", "--hash-only", "-o", "key");

        assertThat(rotated).contains(MADE);
        Matcher key = Pattern.compile("^llmgw_\\S+$", Pattern.MULTILINE).matcher(hashed);
        assertThat(key.find()).isTrue();
        assertThat(Files.readString(work.resolve("written")))
                .contains(SECRET)
                .doesNotContain(key.group());
        assertThat(Files.readString(work.resolve("seen")))
                .contains("--server-side", "dev.llmgateway.cli.Main", "KUBECTL=")
                .doesNotContain(
                        "canary",
                        base64.encodeToString(SECRET.getBytes(StandardCharsets.US_ASCII)),
                        made,
                        key.group());
    }

    /// A `kubectl` that answers like an API server which has next to nothing, and writes down what
    /// any process of this user could read of it and of the program that started it.
    ///
    /// @param made the key that the operator made, in Base64
    private Path spy(String made) throws IOException {
        String script =
                """
                #!/bin/sh
                for pid in $$ $PPID; do tr '\\0' '\\n' < /proc/$pid/cmdline; tr '\\0' '\\n' < /proc/$pid/environ; done >> %1$s/seen
                case "$*" in
                    'get secret k-key'*) printf '{"data": {"api-key": "%2$s", "revision": "Mg=="}}' ;;
                    get\\ gatewaykeys*\\ rotated*) printf '{"metadata": {"name": "rotated"}, "spec": {"source": {"generate": {"secretName": "k-key"}}}}' ;;
                    get*) echo 'Error from server (NotFound): "x" not found' >&2; exit 1 ;;
                    apply*|patch*) cat >> %1$s/written ;;
                esac
                """
                        .formatted(work, made);
        Path spy = Files.writeString(work.resolve("kubectl"), script);
        Files.setPosixFilePermissions(spy, PosixFilePermissions.fromString("rwx------"));
        return spy;
    }

    private static String version() throws IOException {
        return found(Files.readString(dist.resolve("llm-gateway.yaml")), "version: v(\\S+)");
    }

    /// Ours in front of the test cluster's `kubectl`.
    private static Map<String, String> path(Path folder) {
        return Map.of(
                "PATH",
                folder + ":" + PluginPackage.kubectl().getParent() + ":" + System.getenv("PATH"));
    }

    private static String ok(Map<String, String> environment, String... words) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("LC_ALL", "C.UTF-8");
        List<String> command = new ArrayList<>(List.of("env"));
        all.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(words)); // found by env in the PATH given here
        Child child = Child.run(command, Map.of(), PATIENCE);
        if (child.exit() != 0) {
            throw new AssertionError(
                    List.of(words) + " ended with " + child.exit() + ": " + child.output());
        }
        return child.output();
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String sha256(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

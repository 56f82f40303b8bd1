package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.cluster.Kubectl;
import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.api.GeneratedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Accounts and keys on a real API server with the real `kubectl`. Nothing reconciles here: what an
/// operator would write, the test writes.
class OnClusterIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final String SECRET = "sk-canary-0123456789";

    @TempDir private Path work = Path.of("");
    private Cli cli = Cli.bare();

    @BeforeEach
    void start() {
        cli = on(CLUSTER.kubeconfig());
    }

    private static Cli on(Path kubeconfig) {
        return Cli.bare()
                .with("KUBECTL", kubectl().program().toString())
                .with("PATH", String.valueOf(System.getenv("PATH")))
                .always("--kubeconfig=" + kubeconfig, "-n", CLUSTER.namespace());
    }

    private static Kubectl kubectl() {
        return CLUSTER.kubectl();
    }

    @Test
    void anAccountIsAddedByServerSideApplyWithItsSecretApart() {
        Ended added =
                cli.reading(SECRET)
                        .run(
                                "upstream",
                                "add",
                                "claude",
                                "--provider=Anthropic",
                                "--key-stdin",
                                "--display-name=生产账号");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(kubectl().run("get", "ua", "claude", "--show-managed-fields", "-o", "json"))
                .contains("\"manager\": \"kubectl-llm-gateway\"")
                .contains("\"operation\": \"Apply\"")
                .contains("生产账号")
                .doesNotContain("canary");
        assertThat(
                        kubectl()
                                .run(
                                        "get",
                                        "secret",
                                        "claude-api-key",
                                        "-o",
                                        "jsonpath={.metadata.labels}"))
                .contains("\"llm-gateway.dev/credentials\":\"true\"");
        assertThat(cli.ok("upstream", "list", "--no-headers"))
                .contains("claude", "Anthropic", "APIKey");
        assertThat(cli.run("upstream", "add", "claude", "--provider=OpenAI", "--type=none").code())
                .isEqualTo(6);
    }

    @Test
    void listingsShowTheColumnsOfKubectl() {
        cli.ok("upstream", "add", "columns", "--provider=Simulated");
        status(
                "ua",
                "columns",
                "{\"state\":\"Active\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"Ready\",\"message\":\"m\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}");

        String ours = cli.ok("upstream", "list").lines().findFirst().orElse("");
        String theirs = kubectl().run("get", "ua").lines().findFirst().orElse("");

        assertThat(ours.split("\\s+")).isEqualTo(theirs.split("\\s+"));
        assertThat(cli.ok("upstream", "list"))
                .containsPattern("columns +Simulated +default +0 +None +Active +True");
        assertThat(cli.ok("upstream", "list", "-o", "name"))
                .contains("upstreamaccount.llm-gateway.dev/columns");
        assertThat(cli.ok("upstream", "list", "-l", "none=here", "-o", "json"))
                .contains("\"items\": []");
    }

    @Test
    void enablingAndDisablingAndRemovingChangeTheObjectAndTakeOurSecretAlong() {
        cli.reading(SECRET).ok("upstream", "add", "gone", "--provider=OpenAI", "--key-stdin");

        cli.ok("upstream", "disable", "gone");
        String disabled = kubectl().run("get", "ua", "gone", "-o", "jsonpath={.spec.suspended}");
        cli.ok("upstream", "enable", "gone");
        cli.ok("upstream", "remove", "gone", "--yes");

        assertThat(disabled).isEqualTo("true");
        assertThat(kubectl().tried("", "get", "ua", "gone").text()).contains("NotFound");
        assertThat(kubectl().tried("", "get", "secret", "gone-api-key").text())
                .contains("NotFound");
    }

    @Test
    void aKeyWaitsForItsSecretAndSaysWhatItWaitedFor() {
        Ended waited = cli.run("apikey", "add", "late", "--timeout=1s");
        Ended hashed = cli.run("apikey", "add", "hashed", "--hash-only", "-o", "key");

        assertThat(waited.code()).isEqualTo(5);
        assertThat(waited.err()).contains("late").contains("--timeout");
        GeneratedKey key = new GeneratedKey(hashed.out().strip());
        assertThat(kubectl().run("get", "gk", "hashed", "-o", "yaml"))
                .contains(key.sha256())
                .doesNotContain(key.text());
    }

    @Test
    void aGeneratedKeyIsPrintedOnceTheOperatorHasMadeIt() {
        kubectl()
                .run(
                        "create",
                        "secret",
                        "generic",
                        "made-key",
                        "--from-literal=api-key=llmgw_made",
                        "--from-literal=revision=1");

        assertThat(cli.ok("apikey", "add", "made", "-o", "key")).isEqualTo("llmgw_made\n");
        assertThat(
                        cli.ok(
                                "connect",
                                "made",
                                "--url=https://llm.example.com/",
                                "--client=claude-code"))
                .isEqualTo(
                        "export ANTHROPIC_BASE_URL=https://llm.example.com\nexport ANTHROPIC_AUTH_TOKEN='llmgw_made'\n");
    }

    @Test
    void proxiesAreEditedOnTheGateway() {
        kubectl()
                .runWith(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayConfig
                        metadata: {name: proxied}
                        spec: {egress: {allowHosts: [a.example]}}
                        """,
                        "apply",
                        "-f",
                        "-");

        String table =
                cli.ok(
                        "env",
                        "set",
                        "--gateway=proxied",
                        "--https-proxy=http://proxy:3128",
                        "--no-proxy=a,b");
        cli.ok("env", "unset", "--gateway=proxied", "--name=no_proxy");

        assertThat(table).contains("http://proxy:3128", "a,b");
        assertThat(kubectl().run("get", "gc", "proxied", "-o", "jsonpath={.spec.egress}"))
                .contains("httpsProxy", "allowHosts")
                .doesNotContain("noProxy");
        kubectl().run("delete", "gc", "proxied");
    }

    @Test
    void explainAndDiffWorkFromTheObjectsWhereNoGatewayRuns() throws IOException {
        kubectl()
                .runWith(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayConfig
                        metadata: {name: routed}
                        spec: {simulation: {enabled: true}}
                        """,
                        "apply",
                        "-f",
                        "-");
        cli.ok("upstream", "add", "routed", "--provider=Simulated", "--gateway=routed");
        cli.ok("apikey", "add", "routed", "--hash-only", "--gateway=routed");
        Path more =
                Files.writeString(
                        work.resolve("more.yaml"),
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: UpstreamAccount
                        metadata: {name: second, namespace: %s}
                        spec: {provider: Simulated, gatewayRef: {name: routed}}
                        """
                                .formatted(CLUSTER.namespace()));

        String explained = cli.ok("explain", "routed", "simulated-echo", "--gateway=routed");
        String differs = cli.ok("diff", "-f", more.toString());

        assertThat(explained)
                .contains(CLUSTER.namespace() + "/routed")
                .contains("serves this model");
        assertThat(differs)
                .contains("+ account " + CLUSTER.namespace() + "/second")
                .contains("~ route");
        kubectl().run("delete", "gc", "routed");
    }

    @Test
    void everyEndHasItsExitCodeAndOneLineThatSaysWhatToDoNext() throws IOException {
        assertEnd(cli.run("upstream", "show", "nobody"), 3, "-n");
        assertEnd(
                cli.run("upstream", "add", "x", "--provider=OpenAICompatible", "--type=none"),
                2,
                "baseURL");
        assertEnd(on(nobody()).run("upstream", "list"), 4, "--as");
        assertEnd(
                on(nobody())
                        .reading(SECRET)
                        .run("upstream", "add", "x", "--provider=OpenAI", "--key-stdin", "--force"),
                4,
                "--as");
        assertEnd(on(closed()).run("upstream", "list"), 1, "--context");
        assertEnd(cli.run("--context=none", "upstream", "list"), 1, "get-contexts");
        assertEnd(
                cli.with("KUBECTL", "/no/such/kubectl").run("upstream", "list"),
                1,
                "install kubectl");
        assertEnd(cli.run("upstream", "list", "-o", "nonsense"), 2, "jsonpath");
    }

    @Test
    void whatAnotherManagerOwnsIsAConflictUnlessForced() {
        cli.ok("upstream", "add", "owned", "--provider=Simulated", "--pool=a");
        kubectl()
                .runWith(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: UpstreamAccount
                        metadata: {name: owned}
                        spec: {provider: Simulated, pool: b}
                        """,
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--field-manager=somebody",
                        "-f",
                        "-");
        kubectl().run("annotate", "ua", "owned", "argocd.argoproj.io/tracking-id=x");

        Ended disabled = cli.run("upstream", "disable", "owned");
        Ended twice = cli.run("upstream", "add", "owned", "--provider=Simulated", "--pool=c");

        assertThat(disabled.code()).isEqualTo(6);
        assertThat(disabled.out())
                .contains("suspended: true")
                .doesNotContain("managedFields", "uid");
        assertThat(twice.code()).isEqualTo(6);
        cli.ok("upstream", "add", "owned", "--provider=Simulated", "--pool=c", "--force");
        assertThat(kubectl().run("get", "ua", "owned", "-o", "jsonpath={.spec.pool}"))
                .isEqualTo("c");
    }

    /// `kubectl` is asked through a script that writes down its arguments and its environment.
    @Test
    void noSecretStandsInAnArgumentTheEnvironmentOrALog() throws IOException {
        Path seen = work.resolve("seen");
        Path spy =
                Files.writeString(
                        work.resolve("kubectl"),
                        "#!/bin/sh\n{ echo \"$@\"; env; } >> %s\nexec %s \"$@\"\n"
                                .formatted(seen, kubectl().program()));
        Files.setPosixFilePermissions(spy, PosixFilePermissions.fromString("rwx------"));
        Cli watched = cli.with("KUBECTL", spy.toString()).reading(SECRET);

        Ended added =
                watched.run(
                        "upstream",
                        "add",
                        "spied",
                        "--provider=OpenAI",
                        "--key-stdin",
                        "-v",
                        "9",
                        "-o",
                        "json");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(Files.readString(seen)).contains("apply").doesNotContain("canary");
        assertThat(added.out() + added.err()).doesNotContain("canary");
    }

    @Test
    void aTokenReachesKubectlInAFileOfItsOwnerAlone() throws IOException {
        kubectl().run("create", "serviceaccount", "reader");
        String token = kubectl().run("create", "token", "reader").strip();
        Path seen = work.resolve("seen");
        Path spy =
                Files.writeString(
                        work.resolve("kubectl"),
                        "#!/bin/sh\necho \"$@\" >> %s\nexec %s \"$@\"\n"
                                .formatted(seen, kubectl().program()));
        Files.setPosixFilePermissions(spy, PosixFilePermissions.fromString("rwx------"));

        Ended listed =
                cli.with("KUBECTL", spy.toString()).run("upstream", "list", "--token", token);

        assertEnd(listed, 4, "reader");
        assertThat(Files.readString(seen)).doesNotContain(token);
    }

    /// As a team sees it: its key is its own, the gateway is the platform's.
    @Test
    void aRevocationIsNotSaidToBeInForceWhereNobodyMayLook() throws IOException {
        String platform = CLUSTER.namespace() + "-platform";
        CLUSTER.createNamespace(platform, Map.of());
        kubectl()
                .runWith(
                        """
                        {"apiVersion": "llm-gateway.dev/v1alpha1", "kind": "GatewayConfig", "metadata": {"name": "far"}, "spec": {}}
                        """,
                        "apply",
                        "--namespace=" + platform,
                        "-f",
                        "-");
        Cli team = on(nobody());
        kubectl()
                .run(
                        "create",
                        "role",
                        "keys",
                        "--verb=get,list,delete",
                        "--resource=gatewaykeys.llm-gateway.dev");
        kubectl()
                .run(
                        "create",
                        "rolebinding",
                        "keys",
                        "--role=keys",
                        "--serviceaccount=" + CLUSTER.namespace() + ":nobody");
        cli.ok("apikey", "add", "unseen", "--hash-only", "--gateway=" + platform + "/far");
        cli.ok("apikey", "add", "seen", "--hash-only", "--gateway=" + platform + "/far");

        Ended unseen = team.run("apikey", "revoke", "unseen", "--yes");
        Ended seen = cli.run("apikey", "revoke", "seen", "--yes");

        assertThat(unseen.code()).as(unseen.err()).isZero();
        assertThat(unseen.err()).contains("1 keys revoked", "cannot be seen from here");
        assertThat(seen.err()).contains("1 keys revoked; no gateway runs");
        CLUSTER.client().namespaces().withName(platform).delete();
    }

    private static void assertEnd(Ended ended, int code, String hint) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err()).contains(hint).hasLineCount(1);
    }

    private static void status(String kind, String name, String status) {
        kubectl()
                .run(
                        "patch",
                        kind,
                        name,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":" + status + "}");
    }

    /// A kubeconfig of somebody without rights.
    private Path nobody() throws IOException {
        kubectl().tried("", "create", "serviceaccount", "nobody");
        String token = kubectl().run("create", "token", "nobody").strip();
        Path file = work.resolve("nobody");
        Files.copy(CLUSTER.kubeconfig(), file, StandardCopyOption.REPLACE_EXISTING);
        Kubectl own = kubectl().with(file);
        own.run("config", "set-credentials", "nobody", "--token=" + token);
        own.run("config", "set-context", "--current", "--user=nobody");
        return file;
    }

    /// A kubeconfig of an API server that is not there.
    private Path closed() throws IOException {
        return Files.writeString(
                work.resolve("closed"),
                """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {token: x}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                """);
    }
}

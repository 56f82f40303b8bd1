package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.crds.api.GeneratedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `apikey` on a folder.
class ApiKeyOnFolderTest {
    @TempDir private Path folder = Path.of("");
    private Cli cli = Cli.bare();

    @BeforeEach
    void start() {
        cli = Cli.on(folder);
    }

    @Test
    void aGeneratedKeyIsPrintedOnceAloneAndKeptForTheGateway() throws IOException {
        Ended added = cli.run("apikey", "add", "ci", "-o", "key");

        String key = added.out().strip();
        assertThat(GeneratedKey.wellFormed(key)).isTrue();
        assertThat(added.err()).doesNotContain(key);
        assertThat(Files.readString(folder.resolve(".llm-gateway/keys/default.ci-key.yaml")))
                .contains(key);
        assertThat(
                        cli.ok("apikey", "show", "ci", "-o", "json")
                                + cli.ok("apikey", "show", "ci")
                                + cli.ok("apikey", "list", "-o", "yaml"))
                .contains(key.substring(0, 10))
                .doesNotContain(key);
    }

    @Test
    void ofAHashOnlyKeyOnlyTheHashIsWritten() throws IOException {
        String key = cli.ok("apikey", "add", "ci", "--hash-only", "-o", "key").strip();

        String manifest = Files.readString(folder.resolve("key-ci.yaml"));
        assertThat(manifest)
                .contains("sha256:" + new GeneratedKey(key).sha256())
                .doesNotContain(key);
        assertThat(folder.resolve(".llm-gateway")).doesNotExist();
    }

    @Test
    void everyOptionReachesTheManifest() {
        String yaml =
                cli.ok(
                        "apikey",
                        "add",
                        "team-a",
                        "--display-name=团队A",
                        "--access=read,write",
                        "--model=claude-*,gpt-*",
                        "--pool=cheap",
                        "--expires=90d",
                        "--rpm=60",
                        "--tpm=1000",
                        "--rpd=5",
                        "--budget=50.5USD/month",
                        "--budget=1000tokens/day",
                        "--owner=group/data",
                        "--gateway=main",
                        "--dry-run=client");

        assertThat(yaml)
                .isEqualTo(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayKey
                        metadata:
                          name: team-a
                        spec:
                          displayName: 团队A
                          gatewayRef:
                            name: main
                          owner:
                            kind: Group
                            name: data
                          source:
                            generate:
                              secretName: team-a-key
                          expiresAt: "2027-02-24T12:00:00Z"
                          access:
                          - Read
                          - Write
                          permissions:
                            models:
                              allow:
                              - "claude-*"
                              - "gpt-*"
                            pools:
                            - cheap
                          limits:
                            requestsPerMinute: 60
                            tokensPerMinute: 1000
                            requestsPerDay: 5
                          budgets:
                          - name: month-usd
                            unit: MicroUSD
                            limit: 50500000
                            window: Month
                          - name: day-tokens
                            unit: Tokens
                            limit: 1000
                            window: Day
                        """);
    }

    @Test
    void aRotatedKeyKeepsTheOldOneForItsOverlap() throws IOException {
        String first = cli.ok("apikey", "add", "ci", "-o", "key").strip();

        String second = cli.ok("apikey", "rotate", "ci", "--overlap=1h", "-o", "key").strip();

        String kept = Files.readString(folder.resolve(".llm-gateway/keys/default.ci-key.yaml"));
        assertThat(second).isNotEqualTo(first);
        assertThat(kept)
                .contains(second)
                .doesNotContain(first)
                .contains("previous-sha256: " + new GeneratedKey(first).sha256())
                .contains("previous-not-after: \"2026-11-26T13:00:00Z\"");
        assertThat(cli.ok("apikey", "show", "ci", "-o", "jsonpath={.spec.rotation.revision}"))
                .isEqualTo("2");
        assertThat(cli.ok("apikey", "show", "ci"))
                .contains(new GeneratedKey(first).sha256().substring(0, 8))
                .contains(new GeneratedKey(second).sha256().substring(0, 8));
    }

    @Test
    void revokingRemovesEveryKeyOfAnOwner() {
        cli.ok("apikey", "add", "a", "--owner=User/alice");
        cli.ok("apikey", "add", "b", "--owner=User/alice");
        cli.ok("apikey", "add", "c");

        String named = cli.ok("apikey", "revoke", "--owner=User/alice", "--dry-run");
        Ended revoked = cli.run("apikey", "revoke", "--owner=User/alice", "--yes");

        assertThat(named).contains("gatewaykey.llm-gateway.dev/a", "/b").doesNotContain("/c");
        assertThat(revoked.err()).contains("2 keys revoked; no gateway runs");
        assertThat(cli.ok("apikey", "list", "-o", "name"))
                .isEqualTo("gatewaykey.llm-gateway.dev/c\n");
        assertThat(folder.resolve(".llm-gateway/keys/default.a-key.yaml")).doesNotExist();
    }

    @Test
    void wrongValuesAreNamedWithWhatWouldBeRight() {
        assertThat(cli.run("apikey", "add", "a", "--expires=soon").err()).contains("90d");
        assertThat(cli.run("apikey", "add", "a", "--budget=50EUR/month").err())
                .contains("50USD/month");
        assertThat(cli.run("apikey", "add", "a", "--owner=alice").err()).contains("User/alice");
        assertThat(cli.run("apikey", "add", "a", "--access=root").err())
                .contains("Read, Write, Admin");
        assertThat(cli.run("apikey", "revoke").code()).isEqualTo(2);
        assertThat(cli.run("apikey", "revoke", "nobody").code()).isEqualTo(3);
        assertThat(folder).isEmptyDirectory();
    }
}

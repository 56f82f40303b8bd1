package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.Shell;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.load.Question;
import dev.llmgateway.fixtures.load.SteadyLoad;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// One release of the chart from its installation to its end, in a namespace that takes restricted
/// pods only, by the commands people type; the steps build on each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WalkthroughIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final String NAMESPACE = "by-helm";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// From nothing to the first answer; most of it is pods that start.
    private static final double FIRST_CALL_SECONDS = 60;

    private static final String GATEWAY =
            """
            {"simulation": {"enabled": true}, "egress": {"allowPrivateNetworks": true},\
             "deployment": {"replicas": 1, "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}}}}\
            """;
    private static final String CALL =
            """
            from openai import OpenAI
            reply = OpenAI().chat.completions.create(model='any', messages=[{'role': 'user', 'content': 'Hello'}])
            print(reply.choices[0].message.content)\
            """;

    private static final Tenant TENANT = new Tenant(NODE, NAMESPACE, "main");

    @TempDir private static Path home;
    private static Shell shell;
    private static RunningUpstream provider;

    @BeforeAll
    static void prepare() throws IOException {
        OperatorPods.loadImages(NODE);
        NODE.createNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        provider = RunningUpstream.start(NODE);
        shell = Shell.on(NODE.kubectl(), home);
        Files.writeString(home.resolve("key.txt"), "good-key-of-a-provider");
    }

    @AfterAll
    static void remove() {
        provider.close();
        NODE.client().namespaces().withName(NAMESPACE).delete();
    }

    /// The definitions stand there already, by the test node: hence `--take-ownership`.
    @Test
    @Order(1)
    void fiveCommandsLeadFromNothingToTheFirstAnswerOfAnOfficialSdk() {
        long begun = System.nanoTime();
        String notes =
                typed(
                        "helm install llm-gateway charts/llm-gateway -n by-helm --wait --take-ownership"
                                + " --set gateway.create.enabled=true --set-json 'gateway.create.spec="
                                + GATEWAY
                                + "'");
        typed(
                "kubectl llm-gateway -n by-helm upstream add corporate --provider=OpenAICompatible --base-url="
                        + provider.address()
                        + " --formats=ChatCompletions --model='*' --key-file=$HOME/key.txt --wait");
        String added = typed("kubectl llm-gateway -n by-helm apikey add me --wait");
        Process connected =
                begun("kubectl llm-gateway -n by-helm connect me --client=openai", "client.env");
        String answer = typed("source $HOME/client.env; python -c \"" + CALL + "\"");
        double seconds = (System.nanoTime() - begun) / 1e9;
        connected.destroy();

        assertThat(answer.strip()).isEqualTo("hello");
        assertThat(notes).contains("watches that namespace", "Gateway main is there", "connect me");
        assertThat(added).contains("llmgw_");
        Figures.note(
                "walkthrough",
                "helm install, upstream add, apikey add, connect, first call by the Python SDK",
                seconds,
                "s",
                Promise.atMost(FIRST_CALL_SECONDS));
        assertThat(seconds).isLessThan(5 * FIRST_CALL_SECONDS);
    }

    @Test
    @Order(2)
    void helmTestAsksOperatorAndGatewayAndLeavesNothing() {
        String told = typed("helm test llm-gateway -n by-helm");

        assertThat(told).contains("llm-gateway-ready").contains("Succeeded");
        assertThat(TENANT.kubectl("get gatewaykeys,pods -o name"))
                .contains("gatewaykey.llm-gateway.dev/me")
                .doesNotContain("llm-gateway-test", "llm-gateway-ready");
    }

    @Test
    @Order(3)
    void upgradeRollbackAndUninstallFailNoRequestAndKeepWhatIsDeclared() {
        TENANT.apply(TENANT.key("steady", ""));
        var pods = Tenant.addresses(TENANT.awaitPods(1));
        TENANT.everywhere(pods, "steady", 200);
        SteadyLoad load =
                SteadyLoad.paced(
                        TENANT.connect(), Question.ofShortReply(Tenant.secret("steady")), 4, 40);

        typed(
                "helm upgrade llm-gateway charts/llm-gateway -n by-helm --wait --reuse-values --set replicas=1,podAnnotations.rolled=yes");
        assertThat(replicas()).isEqualTo("1");
        TENANT.create(TENANT.key("after-the-upgrade", ""));
        TENANT.everywhere(pods, "after-the-upgrade", 200);

        typed("helm rollback llm-gateway 1 -n by-helm --wait");
        assertThat(replicas()).isEqualTo("2");

        typed("helm uninstall llm-gateway -n by-helm --wait");
        assertThat(TENANT.kubectl("get deployments -o name"))
                .contains("deployment.apps/main")
                .doesNotContain("operator");
        assertThat(TENANT.kubectl("get llm-gateway -o name").lines()).hasSize(5);
        assertThat(Tenant.addresses(TENANT.pods())).isEqualTo(pods);
        assertThat(load.failuresAtEnd()).isEmpty();
        assertThat(load.done()).isPositive();
        TENANT.everywhere(pods, "steady", 200);
        TENANT.kubectl("delete gatewayconfig/main");
    }

    private static String replicas() {
        return TENANT.kubectl(
                "get deployment/llm-gateway-operator -o jsonpath={.status.readyReplicas}");
    }

    private static String typed(String line) {
        long begun = System.nanoTime();
        String output = shell.run(line);
        show(line, begun);
        return output;
    }

    /// A command that goes on; returns when it has said what the client needs.
    private static Process begun(String line, String output) {
        long begun = System.nanoTime();
        Process process = shell.start(line, output);
        Poll.untilTrue(
                PATIENCE,
                () -> line + " says how",
                () -> read(home.resolve(output)).contains("API_KEY="));
        show(line + " >" + output + " &", begun);
        return process;
    }

    private static void show(String line, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("$ %s   # %.1f s%n", line.replace("\n", "; "), seconds);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

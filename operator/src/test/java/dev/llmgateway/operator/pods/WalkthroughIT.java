package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cluster.Shell;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.commands.EarlierReadme;
import dev.llmgateway.fixtures.commands.GeneratedKeys;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.load.Question;
import dev.llmgateway.fixtures.load.SteadyLoad;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final int PODS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// From nothing to the first answer; most of it is pods that start.
    private static final double FIRST_CALL_SECONDS = 60;

    /// Goal O2, which `apikey revoke` waits for.
    private static final double REVOKED_MILLIS = 1_000;

    /// Status and `explain` look back as far as this.
    private static final int MINUTES = 5;

    private static final int SOME_HUNDRED = 300;

    private static final String GATEWAY =
            """
            {"simulation": {"enabled": true}, "egress": {"allowPrivateNetworks": true},\
             "deployment": {"replicas": 2, "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}}}}\
            """;
    private static final String CALL =
            """
            from openai import OpenAI
            reply = OpenAI().chat.completions.create(model='any', messages=[{'role': 'user', 'content': 'Hello'}])
            print(reply.choices[0].message.content)\
            """;

    private static final List<String> EXAMPLES = List.of("many-teams", "model-routes");
    private static final Pattern REVOKED =
            Pattern.compile("all 2 pods refuse them after (\\d+) ms");

    private static final Tenant TENANT = new Tenant(NODE, NAMESPACE, "main");

    @TempDir private static Path home;
    private static Typist typist;
    private static RunningUpstream provider;
    private static SteadyLoad load;

    @BeforeAll
    static void prepare() throws IOException {
        OperatorPods.loadImages(NODE);
        NODE.createNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        provider = RunningUpstream.start(NODE);
        typist = new Typist(Shell.on(NODE.kubectl(), home), TENANT);
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
                typist.typed(
                        "helm install llm-gateway charts/llm-gateway -n by-helm --wait --take-ownership"
                                + " --set gateway.create.enabled=true --set-json 'gateway.create.spec="
                                + GATEWAY
                                + "'");
        typist.typed(
                "kubectl llm-gateway -n by-helm upstream add corporate --provider=OpenAICompatible --base-url="
                        + provider.address()
                        + " --formats=ChatCompletions --model='*' --key-file=$HOME/key.txt --wait");
        String added = typist.typed("kubectl llm-gateway -n by-helm apikey add me --wait");
        Process connected =
                typist.begun(
                        "kubectl llm-gateway -n by-helm connect me --client=openai",
                        "client.env",
                        "API_KEY=");
        String answer = typist.typed("source $HOME/client.env; python -c \"" + CALL + "\"");
        double seconds = (System.nanoTime() - begun) / 1e9;
        connected.destroy();

        assertThat(answer.strip()).isEqualTo("hello");
        assertThat(notes).contains("watches that namespace", "Gateway main is there", "connect me");
        assertThat(GeneratedKeys.in(added)).isNotEmpty();
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
        String told = typist.typed("helm test llm-gateway -n by-helm");

        assertThat(told).contains("llm-gateway-ready").contains("Succeeded");
        assertThat(TENANT.kubectl("get gatewaykeys,pods -o name"))
                .contains("gatewaykey.llm-gateway.dev/me")
                .doesNotContain("llm-gateway-test", "llm-gateway-ready");
    }

    @Test
    @Order(3)
    void everyVerbOfTheEarlierReadmeWorksOnACluster() {
        TENANT.awaitPods(PODS);
        typist.ok("upstream", "disable", "corporate");
        typist.ok(
                "upstream", "add", "echo", "--provider=Simulated", "--display-name=生产账号", "--wait");
        typist.ok("upstream", "add", "spare", "--provider=Simulated", "--pool=spare", "--wait");
        String key = GeneratedKeys.in(typist.ok("apikey", "add", "dev", "--wait", "-o", "key"));
        Poll.untilTrue(PATIENCE, () -> "the first call", () -> typist.call(key) == 200);

        new EarlierReadme(typist, NAMESPACE + "/main", PODS).walk(key);

        typist.ok("upstream", "remove", "echo", "--yes");
        typist.ok("upstream", "enable", "corporate");
    }

    @Test
    @Order(4)
    void statusUsageAndExplainAgreeWithThePodsOwnCountersUnderLoad() {
        PodCounters counters = new PodCounters(TENANT);
        typist.ok("upstream", "add", "busy", "--provider=Simulated", "--pool=counted", "--wait");
        String key =
                GeneratedKeys.in(
                        typist.ok(
                                "apikey",
                                "add",
                                "counted",
                                "--pool=counted",
                                "--wait",
                                "-o",
                                "key"));
        List<URI> pods = Tenant.addresses(TENANT.awaitPods(PODS));
        Poll.untilTrue(PATIENCE, () -> "the first call", () -> typist.call(key) == 200);
        long earlier = counters.requests("keys", "counted");

        SteadyLoad asked = SteadyLoad.unpaced(inTurn(pods), Question.ofShortReply(key), 4);
        Poll.untilTrue(PATIENCE, () -> "load", () -> asked.done() > SOME_HUNDRED / 3);
        long before = counters.requests("keys", "counted");
        long told = used("key", "counted");
        long after = counters.requests("keys", "counted");
        Poll.untilTrue(PATIENCE, () -> "more load", () -> asked.done() > SOME_HUNDRED);

        assertThat(asked.failuresAtEnd()).isEmpty();
        assertThat(told).isBetween(before, after);
        long sent = earlier + asked.done();
        Poll.untilTrue(
                PATIENCE,
                () -> sent + " requests are settled",
                () -> counters.requests("keys", "counted") == sent);
        assertThat(used("key", "counted")).isEqualTo(sent);
        assertThat(used("account", "busy")).isEqualTo(counters.requests("accounts", "busy"));
        assertThat(counters.requests("accounts", "busy"))
                .isEqualTo(sent)
                .isEqualTo(
                        counters.metric(
                                "llm_gateway_account_requests_total",
                                "account=\"" + NAMESPACE + "/busy\""));
        statusAgrees(counters);
        explainAgrees(counters);
    }

    private static long used(String by, String name) {
        JsonNode rows =
                PodCounters.json(
                        "{\"rows\":" + array(typist.ok("usage", "--by=" + by, "-o", "json")) + "}");
        for (JsonNode row : rows.path("rows")) {
            if (row.path("name").asText().equals(NAMESPACE + "/" + name)) {
                return row.path("requests").asLong();
            }
        }
        return 0;
    }

    private static String array(String output) {
        return output.substring(output.indexOf('['), output.lastIndexOf(']') + 1);
    }

    /// Requests leave the last minutes as time passes: between two equal readings nothing did.
    private static void statusAgrees(PodCounters counters) {
        Poll.untilTrue(
                PATIENCE,
                () -> "status tells what the pods do",
                () -> {
                    long before = counters.requests(MINUTES);
                    JsonNode status = PodCounters.json(typist.ok("status", "-o", "json"));
                    return before >= SOME_HUNDRED
                            && before == counters.requests(MINUTES)
                            && before == status.at("/recent/requests").asLong()
                            && status.path("processes").size() == PODS;
                });
    }

    private static void explainAgrees(PodCounters counters) {
        JsonNode told =
                PodCounters.json(
                        typist.ok(
                                "explain",
                                "counted",
                                "simulated-echo",
                                "--format=Messages",
                                "-o",
                                "json"));
        JsonNode messages = told.at("/formats/Messages");

        assertThat(messages.path("candidates")).hasSize(1);
        assertThat(messages.at("/candidates/0/account").asText()).isEqualTo(NAMESPACE + "/busy");
        assertThat(messages.path("excluded").findValuesAsText("account"))
                .contains(NAMESPACE + "/corporate");
        assertThat(counters.pages("/explain?key=" + NAMESPACE + "/counted&model=simulated-echo"))
                .hasSize(PODS)
                .allSatisfy(page ->
                        assertThat(PodCounters.json(page).at("/formats/Messages"))
                                .isEqualTo(messages));
    }

    /// Each connection at the next pod.
    private static SteadyLoad.Connect inTurn(List<URI> pods) {
        AtomicInteger turn = new AtomicInteger();
        return _ -> TENANT.http().connect(pods.get(turn.getAndIncrement() % pods.size()));
    }

    @Test
    @Order(5)
    void whenRevokeEndsEveryPodRefuses() {
        String key = GeneratedKeys.in(typist.ok("apikey", "add", "gone", "--wait", "-o", "key"));
        List<URI> pods = Tenant.addresses(TENANT.awaitPods(PODS));
        LastAccepted clients = new LastAccepted(TENANT, pods, key);
        Poll.untilTrue(PATIENCE, () -> "all take it", () -> clients.times().size() == PODS);

        String told = typist.typed("kubectl llm-gateway -n by-helm apikey revoke gone --yes 2>&1");
        long ended = System.nanoTime();

        assertThat(pods)
                .allSatisfy(pod ->
                        assertThat(TENANT.http().status(pod, "/v1/models", Tenant.field(key)))
                                .isEqualTo(401));
        clients.close();
        assertThat(clients.times().values()).allSatisfy(last -> assertThat(last).isLessThan(ended));
        Matcher said = REVOKED.matcher(told);
        assertThat(said.find()).as(told).isTrue();
        double millis = Double.parseDouble(said.group(1));
        Figures.note(
                "O2",
                "apikey revoke until both pods refuse, as it prints",
                millis,
                "ms",
                Promise.atMost(REVOKED_MILLIS));
        assertThat(millis).isLessThan(30 * REVOKED_MILLIS);
    }

    /// Under load from here to the end of the release.
    @Test
    @Order(6)
    void anUpgradeMakesTheOperatorWatchMoreAndTheExamplesRunThere() {
        TENANT.apply(TENANT.key("steady", ""));
        var pods = Tenant.addresses(TENANT.awaitPods(PODS));
        TENANT.everywhere(pods, "steady", 200);
        Question question = Question.ofShortReply(Tenant.secret("steady"));
        load = SteadyLoad.paced(TENANT.connect(), question, 4, 40);
        EXAMPLES.forEach(example -> typist.follow(Typist.blocks(example).getFirst()));

        typist.typed(
                "helm upgrade llm-gateway charts/llm-gateway -n by-helm --wait --reuse-values --set replicas=1"
                        + " --set watch.mode=Namespaces --set 'watch.namespaces={platform,team-a,team-b,routes}'");

        assertThat(operators()).isEqualTo("1");
        TENANT.create(TENANT.key("after-the-upgrade", ""));
        TENANT.everywhere(pods, "after-the-upgrade", 200);
        EXAMPLES.forEach(example -> {
            List<String> blocks = Typist.blocks(example);
            assertThat(blocks).hasSize(2);
            typist.follow(blocks.getLast());
        });
        typist.typed("kubectl delete -f examples/many-teams/ --wait=false");
        typist.typed("kubectl delete namespace routes --wait=false");
    }

    @Test
    @Order(7)
    void rollbackAndUninstallFailNoRequestAndKeepWhatIsDeclared() {
        var pods = Tenant.addresses(TENANT.awaitPods(PODS));

        typist.typed("helm rollback llm-gateway 1 -n by-helm --wait");
        assertThat(operators()).isEqualTo("2");

        typist.typed("helm uninstall llm-gateway -n by-helm --wait");
        assertThat(TENANT.kubectl("get deployments -o name"))
                .contains("deployment.apps/main")
                .doesNotContain("operator");
        assertThat(TENANT.kubectl("get llm-gateway -o name"))
                .contains(
                        "gatewayconfig.llm-gateway.dev/main",
                        "upstreamaccount.llm-gateway.dev/corporate",
                        "gatewaykey.llm-gateway.dev/me",
                        "gatewaykey.llm-gateway.dev/steady");
        assertThat(Tenant.addresses(TENANT.pods())).isEqualTo(pods);
        assertThat(load.failuresAtEnd()).isEmpty();
        assertThat(load.done()).isPositive();
        TENANT.everywhere(pods, "steady", 200);
        TENANT.kubectl("delete gatewayconfig/main");
    }

    private static String operators() {
        return TENANT.kubectl(
                "get deployment/llm-gateway-operator -o jsonpath={.status.readyReplicas}");
    }
}

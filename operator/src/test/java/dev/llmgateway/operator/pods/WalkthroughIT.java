package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/// One release of the chart from its installation to its end, by the commands people type. Each
/// test needs nothing of those before it but that the last one comes last.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WalkthroughIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// From nothing to the first answer; most of it is pods that start.
    private static final double FIRST_CALL_SECONDS = 60;

    /// Goal O2, which `apikey revoke` waits for.
    private static final double REVOKED_MILLIS = 1_000;

    /// `status` looks back as far as this.
    private static final int MINUTES = 5;

    private static final int SOME_HUNDRED = 300;
    private static final Pattern REVOKED =
            Pattern.compile("all 2 pods refuse them after (\\d+) ms");
    private static final List<String> EXAMPLES = List.of("many-teams", "model-routes");

    @TempDir private static Path home;
    private static Release release;
    private static Tenant tenant;
    private static Typist typist;

    @BeforeAll
    static void install() throws IOException {
        release = Release.install(NODE, home);
        tenant = release.tenant();
        typist = release.typist();
    }

    @AfterAll
    static void remove() {
        release.close();
    }

    @Test
    @Order(1)
    void fiveCommandsLeadFromNothingToTheFirstAnswerOfAnOfficialSdk() {
        assertThat(release.answer().strip()).isEqualTo("hello");
        assertThat(release.notes())
                .contains("watches that namespace", "Gateway main is there", "connect me");
        assertThat(GeneratedKeys.in(release.added())).isNotEmpty();
        Figures.note(
                "walkthrough",
                "helm install, upstream add, apikey add, connect, first call by the Python SDK",
                release.seconds(),
                "s",
                Promise.atMost(FIRST_CALL_SECONDS));
        assertThat(release.seconds()).isLessThan(10 * FIRST_CALL_SECONDS);
    }

    @Test
    @Order(2)
    void helmTestAsksOperatorAndGatewayAndLeavesNothing() {
        String told = release.helm("test", "");

        assertThat(told).contains("llm-gateway-ready").contains("Succeeded");
        assertThat(tenant.kubectl("get gatewaykeys,pods -o name"))
                .contains("gatewaykey.llm-gateway.dev/me")
                .doesNotContain("llm-gateway-test", "llm-gateway-ready");
    }

    @Test
    @Order(3)
    void everyVerbOfTheEarlierReadmeWorksOnACluster() {
        tenant.awaitPods(Release.PODS);
        typist.ok("upstream", "disable", "corporate");
        typist.ok(
                "upstream", "add", "echo", "--provider=Simulated", "--display-name=生产账号", "--wait");
        typist.ok("upstream", "add", "spare", "--provider=Simulated", "--pool=spare", "--wait");
        String key = GeneratedKeys.in(typist.ok("apikey", "add", "dev", "--wait", "-o", "key"));
        Poll.untilTrue(PATIENCE, () -> "the first call", () -> typist.call(key) == 200);

        new EarlierReadme(typist, tenant.namespace() + "/main", Release.PODS).walk(key);

        typist.ok("upstream", "remove", "echo", "--yes");
        typist.ok("upstream", "enable", "corporate");
    }

    @Test
    @Order(4)
    void statusUsageAndExplainAgreeWithThePodsOwnCountersUnderLoad() {
        PodCounters counters = new PodCounters(tenant);
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
        List<URI> pods = Tenant.addresses(tenant.awaitPods(Release.PODS));
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
                                "account=\"" + tenant.namespace() + "/busy\""));
        statusAgrees(counters);
        explainAgrees(counters);
    }

    private static long used(String by, String name) {
        JsonNode rows =
                PodCounters.json(
                        "{\"rows\":" + array(typist.ok("usage", "--by=" + by, "-o", "json")) + "}");
        for (JsonNode row : rows.path("rows")) {
            if (row.path("name").asText().equals(tenant.namespace() + "/" + name)) {
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
                            && status.path("processes").size() == Release.PODS;
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
        assertThat(messages.at("/candidates/0/account").asText())
                .isEqualTo(tenant.namespace() + "/busy");
        assertThat(messages.path("excluded").findValuesAsText("account"))
                .contains(tenant.namespace() + "/corporate");
        assertThat(
                        counters.pages(
                                "/explain?key="
                                        + tenant.namespace()
                                        + "/counted&model=simulated-echo"))
                .hasSize(Release.PODS)
                .allSatisfy(page ->
                        assertThat(PodCounters.json(page).at("/formats/Messages"))
                                .isEqualTo(messages));
    }

    /// Each connection at the next pod.
    private static SteadyLoad.Connect inTurn(List<URI> pods) {
        AtomicInteger turn = new AtomicInteger();
        return _ -> tenant.http().connect(pods.get(turn.getAndIncrement() % pods.size()));
    }

    @Test
    @Order(5)
    void whenRevokeEndsEveryPodRefuses() {
        String key = GeneratedKeys.in(typist.ok("apikey", "add", "gone", "--wait", "-o", "key"));
        List<URI> pods = Tenant.addresses(tenant.awaitPods(Release.PODS));
        LastAccepted clients = new LastAccepted(tenant, pods, key);
        Poll.untilTrue(PATIENCE, () -> "all take it", () -> clients.times().size() == Release.PODS);

        String told =
                typist.typed(
                        "kubectl llm-gateway apikey revoke gone --yes 2>&1 -n "
                                + tenant.namespace());
        long ended = System.nanoTime();

        assertThat(pods)
                .allSatisfy(pod ->
                        assertThat(tenant.http().status(pod, "/v1/models", Tenant.field(key)))
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

    @Test
    @Order(6)
    void anUpgradeUnderLoadMakesTheOperatorWatchMoreAndTheExamplesRunThere() {
        List<URI> pods = Tenant.addresses(tenant.awaitPods(Release.PODS));
        typist.typed(
                "kubectl delete namespace platform team-a team-b routes --ignore-not-found"); // of
        // a
        // run
        // before
        try (SteadyLoad load = load(pods)) {
            EXAMPLES.forEach(example -> typist.follow(Typist.blocks(example).getFirst()));
            List.of("platform", "routes")
                    .forEach(namespace ->
                            typist.typed(
                                    "kubectl patch gc main --type=merge -p '{\"spec\":{\"deployment\":{\"replicas\":1}}}' -n "
                                            + namespace));

            release.helm(
                    "upgrade",
                    "charts/llm-gateway --wait --reuse-values --set replicas=1,watch.mode=Namespaces"
                            + " --set 'watch.namespaces={platform,team-a,team-b,routes}'");

            assertThat(release.operators()).isEqualTo("1");
            tenant.create(tenant.key("after-the-upgrade", ""));
            tenant.everywhere(pods, "after-the-upgrade", 200);
            EXAMPLES.forEach(example -> {
                List<String> blocks = Typist.blocks(example);
                assertThat(blocks).hasSize(2);
                typist.follow(blocks.getLast());
            });
            assertThat(load.failuresAtEnd()).isEmpty();
        }
        typist.typed("kubectl delete namespace platform team-a team-b routes --wait=false");
    }

    @Test
    @Order(7)
    void rollbackAndUninstallFailNoRequestAndKeepWhatIsDeclared() {
        List<URI> pods = Tenant.addresses(tenant.awaitPods(Release.PODS));
        try (SteadyLoad load = load(pods)) {
            release.helm("rollback", "1 --wait");
            assertThat(release.operators()).isEqualTo("2");

            release.helm("uninstall", "--wait");
            assertThat(tenant.kubectl("get deployments -o name"))
                    .contains("deployment.apps/main")
                    .doesNotContain("operator");
            assertThat(tenant.kubectl("get llm-gateway -o name"))
                    .contains(
                            "gatewayconfig.llm-gateway.dev/main",
                            "upstreamaccount.llm-gateway.dev/corporate",
                            "gatewaykey.llm-gateway.dev/me");
            assertThat(load.failuresAtEnd()).isEmpty();
            assertThat(load.done()).isPositive();
        }
        assertThat(Tenant.addresses(tenant.pods())).isEqualTo(pods);
        tenant.everywhere(pods, "steady", 200);
        assertThat(NODE.kubectl().run("get", "crds", "-o", "name"))
                .contains("gatewayconfigs.llm-gateway.dev", "gatewaykeys.llm-gateway.dev");
    }

    private static SteadyLoad load(List<URI> pods) {
        tenant.apply(tenant.key("steady", ""));
        tenant.everywhere(pods, "steady", 200);
        Question question = Question.ofShortReply(Tenant.secret("steady"));
        return SteadyLoad.paced(tenant.connect(), question, 4, 40);
    }
}

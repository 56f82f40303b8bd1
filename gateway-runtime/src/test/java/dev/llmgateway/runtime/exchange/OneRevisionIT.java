package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.HeaderPlan;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// No request sees two revisions (operator.md, O3): the name its model is mapped to and the header
/// of the account that is asked come from one plan, also when the first account fails and a second
/// one is asked, however fast plans follow each other.
class OneRevisionIT {
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 100;
    private static final String ASK = "{\"model\":\"m\",\"messages\":[]}";

    @Test
    void everyAttemptOfARequestSeesThePlanItBeganWith() throws IOException {
        try (var failing = FaultUpstream.always(Script.json(500, "{}"));
                var good = FaultUpstream.always(Script.json(200, "{}"));
                var gateway = GatewayFixture.serving(plan(failing, good, 0));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicInteger written = new AtomicInteger();
            List<CompletableFuture<Void>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                asking.add(
                        CompletableFuture.runAsync(
                                () ->
                                        ask(
                                                gateway,
                                                () ->
                                                        plan(
                                                                failing,
                                                                good,
                                                                written.incrementAndGet())),
                                clients));
            }
            asking.forEach(CompletableFuture::join);

            Set<String> revisions = new HashSet<>();
            for (FaultUpstream upstream : List.of(failing, good)) {
                for (Received received : upstream.received()) {
                    String revision = received.message().field("x-revision").orElseThrow();
                    assertThat(received.message().text()).contains("\"rev-" + revision + "\"");
                    revisions.add(revision);
                }
            }
            assertThat(revisions).hasSizeGreaterThan(10);
            assertThat(failing.received()).as("failing over").isNotEmpty();
            assertThat(good.received()).hasSize(CLIENTS * REQUESTS);
        }
    }

    /// A new plan before every request: the requests of the other clients are under way then.
    private static void ask(GatewayFixture gateway, Supplier<GatewayPlan> plans) {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < REQUESTS; i++) {
                gateway.swap("r", plans.get());
                client.request("POST /v1/chat/completions HTTP/1.1", GatewayFixture.FIELDS, ASK);
                assertThat(client.response().status()).isEqualTo(200);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static GatewayPlan plan(FaultUpstream failing, FaultUpstream good, int revision) {
        return Plans.with(
                Plans.gateway(
                        List.of(
                                account("a", failing, 0, revision),
                                account("b", good, 1, revision)),
                        List.of(GatewayFixture.key().plan()),
                        Plans.route("r", "m", Plans.target("default", "rev-" + revision, 1, 0))),
                Plans.generous());
    }

    private static AccountPlan account(
            String name, FaultUpstream upstream, int priority, int revision) {
        return Plans.account(name)
                .at(upstream.address() + "/v1")
                .priority(priority)
                .health(Plans.Account.FORGIVING)
                .addHeaders(new HeaderPlan("x-revision", String.valueOf(revision)))
                .plan();
    }
}

package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// R7: whatever accounts do, no request makes more calls than it may, none is made behind the first
/// content or after a fault of the request's own, and every call is counted.
class RetrySafetyProperties {
    private static final int SCHEDULES = 10_000;
    private static final int ACCOUNTS = 4;
    private static final int MOST_ATTEMPTS = 3;
    private static final long SEED = Long.getLong("retry.seed", 1);

    /// What an upstream does with one request.
    enum Deed {
        Serves,
        RefusesRequest,
        Fails,
        IsBusy,
        RefusesCredential,
        Resets,
        Cuts,
        CutsBehindContent,
        SaysOverloaded;

        /// Whether the client may be answered by another account.
        boolean another() {
            return switch (this) {
                case Serves, RefusesRequest, CutsBehindContent -> false;
                case Fails, IsBusy, RefusesCredential, Resets, Cuts, SaysOverloaded -> true;
            };
        }
    }

    private final VendorStream stream = VendorStream.of(WireFormat.Messages, "m", "Hel", "lo");
    private final Random random = new Random(SEED);

    /// What was done with the request under way, in order.
    private final ConcurrentLinkedQueue<Deed> done = new ConcurrentLinkedQueue<>();

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void no_schedule_of_faults_leads_to_a_call_too_many() throws IOException {
        List<FaultUpstream> upstreams = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            upstreams.add(FaultUpstream.start(_ -> next()).forgetful());
        }
        List<AccountPlan> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(
                    Plans.account("a" + i)
                            .at(upstreams.get(i).address() + "/v1")
                            .formats(WireFormat.Messages)
                            .priority(i / 2)
                            .health(Plans.Account.FORGIVING)
                            .plan());
        }
        try (var gateway =
                GatewayFixture.serving(
                        Plans.with(
                                Plans.gateway(accounts, List.of(GatewayFixture.key().plan())),
                                Plans.generous()))) {
            for (int i = 0; i < SCHEDULES; i++) {
                done.clear();
                HttpMessage reply = ask(gateway);
                check(i, reply, List.copyOf(done));
            }

            assertThat(gateway.services().meters().calls()).isEqualTo(calls.get());
        } finally {
            upstreams.forEach(FaultUpstream::close);
        }
    }

    private HttpMessage ask(GatewayFixture gateway) throws IOException {
        try (RawClient client = gateway.client()) {
            return client.request(
                            "POST /v1/messages HTTP/1.1",
                            GatewayFixture.FIELDS,
                            VendorStream.request("m"))
                    .response();
        }
    }

    private static void check(int schedule, HttpMessage reply, List<Deed> deeds) {
        String replay =
                "schedule " + schedule + " of -Dretry.seed=" + SEED + ": " + deeds + ", " + reply;
        // A dead kept-alive connection is asked once more; connections here are closed, not dead.
        assertThat(deeds.size()).as(replay).isLessThanOrEqualTo(MOST_ATTEMPTS);
        for (int i = 0; i + 1 < deeds.size(); i++) {
            assertThat(deeds.get(i).another()).as(replay).isTrue();
        }
        if (!deeds.isEmpty() && deeds.getLast() == Deed.Serves) {
            assertThat(reply.status()).as(replay).isEqualTo(200);
            assertThat(reply.text()).as(replay).endsWith("{\"type\":\"message_stop\"}\n\n");
        } else {
            assertThat(reply.text()).as(replay).doesNotContain("message_stop");
        }
    }

    private synchronized Script next() {
        calls.incrementAndGet();
        Deed[] all = Deed.values();
        // Half of the time it just works.
        Deed deed = random.nextBoolean() ? Deed.Serves : all[random.nextInt(all.length)];
        done.add(deed);
        return script(deed);
    }

    private Script script(Deed deed) {
        String error = "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}";
        return switch (deed) {
            case Serves -> stream.whole();
            case RefusesRequest -> Script.json(422, error);
            case Fails -> Script.json(500, error);
            case IsBusy -> Script.json(429, error);
            case RefusesCredential -> Script.json(401, error);
            case Resets -> Script.of(new Step.Reset());
            case Cuts -> stream.until(1).then(new Step.Reset());
            case CutsBehindContent -> stream.until(4).then(new Step.End());
            case SaysOverloaded ->
                    Script.events(
                                    "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
                                            + "\"overloaded_error\",\"message\":\"busy\"}}\n\n")
                            .endOfChunks();
        };
    }
}

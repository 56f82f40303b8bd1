package dev.llmgateway.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods behind real sockets, with the pages of the real gateway.
class FleetIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ObjectRef MAIN = new ObjectRef("team", "main");
    private static final String FIRST = "uid-of-first";

    private final AtomicInteger changes = new AtomicInteger();
    private final Fleet fleet =
            new Fleet(InstantSource.system(), gateway -> changes.incrementAndGet());
    private AdminPort one;
    private AdminPort two;

    @BeforeEach
    void start() throws IOException {
        one = AdminPort.start();
        two = AdminPort.start();
    }

    @AfterEach
    void stop() {
        fleet.close();
        one.close();
        two.close();
    }

    @Test
    void everyPodIsAskedBehindWhatItToldWithTheAdminTokenAlone() {
        one.tell("complete");
        follow("token-1");
        awaits(view -> view.highest().equals(new Revision(7)));
        one.tell("restored");
        awaits(view -> view.highest().equals(new Revision(8)));

        Poll.untilTrue(
                SOON, () -> "a third question: " + one.asked(), () -> one.asked().size() == 3);
        assertThat(one.asked())
                .containsExactly(
                        "after=-1 Bearer token-1",
                        "after=1800000000000002 Bearer token-1",
                        "after=1800000000000004 Bearer token-1");
        assertThat(changes.get()).isEqualTo(3); // the pods themselves, and two pages
    }

    /// Kubelets probe every few seconds, so it does long after its last report.
    @Test
    void aPodThatBecomesReadyIsAChangeThoughItTellsNothingNew() {
        one.tell("complete");
        fleet.follow(MAIN, List.of(one.pod("one", false)), "token-1");
        awaits(view -> view.highest().equals(new Revision(7)));
        Poll.untilTrue(SOON, () -> "both changes are told", () -> changes.get() == 2);

        fleet.follow(MAIN, List.of(one.pod("one", true)), "token-1");
        fleet.follow(MAIN, List.of(one.pod("one", true)), "token-1");

        assertThat(changes.get()).isEqualTo(3);
        assertThat(fleet.view(MAIN).readyPods()).isEqualTo(1);
    }

    @Test
    void aCredentialFaultOnOnePodShowsUntilItIsOver() {
        one.tell("complete");
        two.tell("complete");
        follow("token-1");
        awaits(view -> view.acknowledgements(new Revision(7)).everywhere());

        two.tell("credential-fault");
        awaits(view -> state(view) == State.CredentialInvalid);
        two.tell("restored");

        awaits(view -> state(view) == State.Active);
        assertThat(fleet.view(MAIN).acknowledgements(new Revision(8)).behind())
                .containsExactly("one");
    }

    @Test
    void aPodThatFailsKeepsWhatItToldAndIsAskedAgain() {
        one.tell("complete");
        one.fail(500, "");
        one.fail(200, "<html>");
        one.fail(401, "");
        follow("token-1");
        awaits(view -> trouble(view).startsWith("the pod does not know the admin token"));
        assertThat(fleet.view(MAIN).highest()).isEqualTo(new Revision(7));

        follow("token-2");
        one.tell("restored");

        awaits(view -> view.highest().equals(new Revision(8)) && trouble(view).isEmpty());
        assertThat(one.asked().getLast()).endsWith("Bearer token-2");
    }

    @Test
    void aPodThatDoesNotLetItsReaderWaitIsNotAskedWithoutPause() {
        for (int i = 0; i < 50; i++) {
            one.tell("complete");
        }
        follow("token-1");
        awaits(view -> view.highest().equals(new Revision(7)));

        two.tell("complete");
        awaits(view -> view.acknowledgements(new Revision(7)).everywhere());
        two.tell("restored");
        awaits(view -> view.highest().equals(new Revision(8)));

        assertThat(one.asked()).hasSizeLessThan(25); // of 50, which take a few milliseconds
    }

    @Test
    void aPodThatIsGoneIsLeftAndWhatItServedStays() {
        one.tell("complete");
        two.tell("complete");
        follow("token-1");
        awaits(view -> view.acknowledgements(new Revision(7)).everywhere());

        fleet.follow(MAIN, List.of(two.pod("two", true)), "token-1");

        FleetView view = fleet.view(MAIN);
        assertThat(view.pods()).hasSize(1);
        assertThat(view.usage().total().key("uid-of-key").requests()).isEqualTo(240);
        fleet.forget(MAIN);
        assertThat(fleet.view(MAIN)).isEqualTo(FleetView.EMPTY);
    }

    @Test
    void aPodThatIsToEndIsNotReadyAndIsStillFollowed() {
        one.tell("complete");
        var leaving = one.pod("one", true);
        leaving.getMetadata().setDeletionTimestamp("2026-11-26T05:00:00Z");

        fleet.follow(MAIN, List.of(leaving), "token-1");

        awaits(view -> view.highest().equals(new Revision(7)));
        assertThat(fleet.view(MAIN).readyPods()).isZero();
    }

    @Test
    void aCheckpointIsGoneOnFrom() {
        PodView before = Views.of("one", true, "complete");
        fleet.restore(MAIN, UsageLedger.EMPTY.observe(List.of(before)));
        one.tell("complete");

        follow("token-1");
        awaits(view -> view.highest().equals(new Revision(7)));

        assertThat(fleet.view(MAIN).usage().total().key("uid-of-key").requests()).isEqualTo(120);
    }

    private void follow(String token) {
        fleet.follow(MAIN, List.of(one.pod("one", true), two.pod("two", true)), token);
    }

    private void awaits(Predicate<FleetView> wanted) {
        Poll.untilTrue(
                SOON, () -> fleet.view(MAIN).toString(), () -> wanted.test(fleet.view(MAIN)));
    }

    private static State state(FleetView view) {
        return view.account(FIRST).orElseThrow().state();
    }

    private static String trouble(FleetView view) {
        return view.pods().getFirst().trouble().orElse("");
    }
}

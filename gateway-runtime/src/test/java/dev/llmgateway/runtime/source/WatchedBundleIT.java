package dev.llmgateway.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.source.kubernetes.ApiServer;
import dev.llmgateway.runtime.source.kubernetes.ApiTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedBundleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The real times, scaled down: a watch of one second, dead half a second later.
    private static final ApiTimes TIMES = new ApiTimes(500, 500, 1_000, 500, 10, 100);

    @TempDir private Path folder;
    private final PlanRecorder sink = new PlanRecorder();
    private final Publisher publisher = new Publisher();
    private ScriptedApi api;
    private Optional<WatchedBundle> bundle = Optional.empty();

    @BeforeEach
    void serve() throws IOException {
        api = ScriptedApi.start(0);
        Files.writeString(folder.resolve("token"), "token-1\n");
    }

    @AfterEach
    void stop() throws IOException {
        bundle.ifPresent(WatchedBundle::close);
        api.close();
    }

    @Test
    void aBundleComesIntoForceWithItsCredentials() {
        follow(Publisher.keys(2));

        assertThat(sink.last().plan()).isEqualTo(Publisher.keys(2));
        assertThat(sink.last().credentials()).containsEntry(Publisher.SECRET, "sk-upstream");
        assertThat(sink.report.problems()).isEmpty();
        assertThat(sink.report.revision()).isEqualTo("r-1");
        assertThat(sink.report.readyPods()).isEqualTo(3);
        assertThat(sink.report.digests()).containsKey("index").containsKey("accounts-00-a");
    }

    @Test
    void aChangeIsSeenAtOnceAndOnlyItsPartIsRead() {
        follow(Publisher.keys(40));
        long before = api.asked("/secrets/");

        publisher.publish(api, Publisher.keys(41));
        awaitRevision("r-2");

        assertThat(sink.last().plan()).isEqualTo(Publisher.keys(41));
        assertThat(api.asked("/secrets/") - before).isEqualTo(1);
        assertThat(api.lists()).isEqualTo(1);
    }

    @Test
    void theSameStateToldTwiceIsTakenOnce() {
        follow(Publisher.keys(2));

        api.tell("MODIFIED");
        api.tell("ADDED");
        publisher.publish(api, Publisher.keys(3));
        awaitRevision("r-2");

        assertThat(sink.applied).hasSize(2);
    }

    @Test
    void fiftyFlipsInARowEndAtTheNewest() {
        follow(Publisher.keys(1));

        for (int keys = 2; keys <= 51; keys++) {
            publisher.publish(api, Publisher.keys(keys));
        }
        awaitRevision("r-51");

        assertThat(sink.last().plan()).isEqualTo(Publisher.keys(51));
        assertThat(sink.applied).isSortedAccordingTo((a, b) -> number(a) - number(b));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "status"})
    void aVersionThatIsTooOldMeansANewList(String how) {
        follow(Publisher.keys(2));
        long lists = api.lists();
        api.faults(target ->
                how.equals("status") && target.contains("watch=1") && api.lists() == lists
                        ? Optional.of(new ScriptedApi.Fault.Status(410))
                        : Optional.empty());

        api.send(
                how.equals("event")
                        ? "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}"
                        : "");
        awaitTrue("listed again", () -> api.lists() > lists);
        publisher.publish(api, Publisher.keys(3));

        awaitRevision("r-2");
        assertThat(sink.problems).isEmpty();
    }

    @Test
    void aConnectionThatBreaksIsMadeAnew() throws IOException {
        follow(Publisher.keys(2));

        api.resetWatches();
        publisher.publish(api, Publisher.keys(3));

        awaitRevision("r-2");
        awaitTrue("no problem left", () -> sink.report.problems().isEmpty());
    }

    @Test
    void aWatchWhoseOtherEndIsGoneIsNoticed() {
        follow(Publisher.keys(2));
        api.forgetWatches();

        publisher.publish(api, Publisher.keys(3));

        awaitRevision("r-2");
        assertThat(sink.problems).anyMatch(problem -> problem.contains("silent for 1500 ms"));
    }

    @Test
    void watchesThatAreClosedAllTheTimeMissNothingAndNeedNoList() {
        api.watchesLive(40);
        follow(Publisher.keys(1));

        for (int keys = 2; keys <= 12; keys++) {
            publisher.publish(api, Publisher.keys(keys));
            awaitRevision("r-" + keys);
        }

        assertThat(api.lists()).isEqualTo(1);
        assertThat(api.asked("watch=1")).isGreaterThan(3);
        assertThat(sink.problems).isEmpty();
    }

    @Test
    void anIndexThatIsDeletedLeavesThePlanInForce() {
        follow(Publisher.keys(2));

        api.deleteIndex();
        awaitProblem("main-plan is not there; r-1 stays in force");
        publisher.publish(api, Publisher.keys(3));

        awaitRevision("r-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "429", "garbage", "silence", "reset", "endless"})
    void whateverTheServerAnswersThePlanStaysAndTheNewestComes(String fault) {
        follow(Publisher.keys(2));
        api.faults(_ -> Optional.of(fault(fault)));

        api.endWatches();
        publisher.publish(api, Publisher.keys(3));
        awaitTrue("a problem", () -> !sink.report.problems().isEmpty());
        assertThat(sink.revision()).isEqualTo("r-1");
        assertThat(sink.report.problems().getFirst()).endsWith("; r-1 stays in force");
        api.faults(_ -> Optional.empty());

        awaitRevision("r-2");
        awaitTrue("no problem left", () -> sink.report.problems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"type\":\"ODD\"}", "{}", "[]", "null"})
    void garbageInAWatchMeansANewList(String garbage) {
        follow(Publisher.keys(2));
        long lists = api.lists();

        api.send(garbage);

        awaitTrue("listed again", () -> api.lists() > lists);
        publisher.publish(api, Publisher.keys(3));
        awaitRevision("r-2");
    }

    @Test
    void aServerThatIsDownIsNotStormed() {
        follow(Publisher.keys(2));
        api.faults(_ -> Optional.of(new ScriptedApi.Fault.Status(500)));
        api.endWatches();
        AtomicInteger looks = new AtomicInteger();
        long before = api.asked("");

        awaitTrue("a second", () -> looks.incrementAndGet() > 100);

        assertThat(api.asked("") - before).isBetween(3L, 60L);
    }

    @Test
    void aRotatedTokenIsReadAgain() throws IOException {
        follow(Publisher.keys(2));
        api.token("token-2");
        api.endWatches();
        publisher.publish(api, Publisher.keys(3));
        awaitProblem("the API server answered 401");
        assertThat(sink.revision()).isEqualTo("r-1");

        Files.writeString(folder.resolve("token"), "token-2");

        awaitRevision("r-2");
        assertThat(sink.problems).noneMatch(problem -> problem.contains("token-"));
    }

    @Test
    void aPartThatIsNotThereKeepsThePlan() {
        follow(Publisher.keys(2));
        BundleStep step = publisher.next(Publisher.keys(3));
        String missing = step.writes().getFirst().name().object("main");

        api.index(step.index().encode());
        awaitProblem("get " + missing + ": the API server answered 404; r-1 stays in force");
        assertThat(sink.revision()).isEqualTo("r-1");
        publisher.parts(api, step);

        awaitRevision("r-2");
    }

    @Test
    void aPartThatIsNotTheOneTheIndexNamesKeepsThePlan() {
        follow(Publisher.keys(2));
        BundleStep step = publisher.next(Publisher.keys(3));
        String part = step.writes().getFirst().name().toString();

        for (String broken : List.of("", "AAAA", "!")) {
            api.secret("main-" + part, PartContent.PLAIN_KEY, broken);
            api.index(step.index().encode());
            awaitTrue("refused " + broken, () -> sink.report.errors() == 1);
            assertThat(sink.revision()).isEqualTo("r-1");
        }
        awaitProblem("get main-" + part + ": data that is no base64");
        assertThat(sink.problems)
                .anyMatch(problem -> problem.contains(part + " is not the one the index names"));
        api.secret("main-" + part, "other", "");
        awaitProblem("part " + part + " is empty");
        publisher.parts(api, step);

        awaitRevision("r-2");
    }

    @Test
    void anIndexThatCannotBeReadKeepsThePlan() {
        follow(Publisher.keys(2));
        String good = publisher.next(Publisher.keys(3)).index().encode();

        api.index(good.replace("\"format\":1", "\"format\":2"));
        awaitProblem("index format 2 is unknown; this program reads format 1");
        api.index("");
        awaitProblem("main-plan is not there");
        api.index(good.substring(0, good.length() / 2));
        awaitProblem("unreadable index");

        assertThat(sink.revision()).isEqualTo("r-1");
    }

    @Test
    void anOlderRevisionAndAnotherGatewaysAreRefused() {
        Publisher older = new Publisher();
        publisher.publish(api, Publisher.keys(1));
        follow(Publisher.keys(2));

        older.publish(api, Publisher.keys(5));
        awaitProblem("the index names the older r-1; r-2 stays in force");
        GatewayPlan keys = Publisher.keys(2);
        publisher.publish(
                api,
                new GatewayPlan(
                        new ObjectRef("other", "main"),
                        keys.settings(),
                        keys.accounts(),
                        keys.keys(),
                        keys.routes(),
                        keys.catalog()));
        awaitProblem("the bundle is of gateway other/main; r-2 stays in force");

        assertThat(sink.applied).hasSize(1);
    }

    @Test
    void aPlanThatTheGatewayCannotRunKeepsTheOldOne() {
        follow(Publisher.keys(2));
        sink.refusing = true;

        publisher.publish(api, Publisher.keys(3));
        awaitProblem("r-2 cannot be put in force: account x has no usable credential; r-1 stays");
        sink.refusing = false;

        awaitRevision("r-2");
    }

    @Test
    void aSuddenEmptinessMustBeMeant() {
        follow(Publisher.keys(2));

        publisher.publish(api, Publisher.keys(0));
        awaitProblem("r-2 has no keys, and does not say so; r-1 stays in force");
        publisher.publish(api, Plans.gateway(List.of(), Publisher.keys(2).keys()));
        awaitProblem("r-3 has no accounts, and does not say so; r-1 stays in force");
        assertThat(sink.revision()).isEqualTo("r-1");
        publisher.publish(api, Publisher.keys(0), Emptiable.Keys);
        awaitRevision("r-4");
        publisher.publish(api, Plans.gateway(List.of(), List.of()), Emptiable.values());

        awaitRevision("r-5");
    }

    @Test
    void aPodThatStartsWithoutTheApiServerServesFromItsMountAndCatchesUp() throws IOException {
        int port = api.address().getPort();
        mount(publisher.next(Publisher.keys(2)));
        api.close();

        start();
        awaitRevision("r-1");
        assertThat(sink.last().plan()).isEqualTo(Publisher.keys(2));
        awaitTrue("the problem is told", () -> sink.report.errors() == 1);
        BundleStep newer = publisher.next(Publisher.keys(3));
        api = ScriptedApi.start(port);
        mount(newer);
        folderToApi();
        api.index(newer.index().encode());

        awaitRevision("r-2");
        assertThat(sink.last().plan()).isEqualTo(Publisher.keys(3));
    }

    @Test
    void nothingAnywhereIsToldAndWaitedOut() {
        start();
        awaitProblem("main-plan is not there");
        assertThat(sink.report.revision()).isEmpty();

        publisher.publish(api, Publisher.keys(1));

        awaitRevision("r-1");
    }

    private static ScriptedApi.Fault fault(String name) {
        return switch (name) {
            case "garbage" -> new ScriptedApi.Fault.Body("<html>");
            case "endless" -> new ScriptedApi.Fault.Body("x".repeat(5 << 20));
            case "silence" -> new ScriptedApi.Fault.Silence();
            case "reset" -> new ScriptedApi.Fault.Reset();
            default -> new ScriptedApi.Fault.Status(Integer.parseInt(name));
        };
    }

    private void follow(GatewayPlan plan) {
        publisher.publish(api, plan);
        start();
        awaitRevision(publisher.live.revision().toString());
        awaitTrue("watched", () -> api.openWatches() == 1);
    }

    private void start() {
        bundle =
                Optional.of(
                        WatchedBundle.start(
                                new ApiServer(
                                        api.address(), folder.resolve("token"), Optional.empty()),
                                TIMES,
                                new ObjectRef("default", "main"),
                                Optional.of(folder.resolve("mount")),
                                new Random(7),
                                InstantSource.system(),
                                sink));
    }

    private void mount(BundleStep step) throws IOException {
        Path mount = folder.resolve("mount");
        for (var write : step.writes()) {
            Path object = mount.resolve(write.name().object("main"));
            Files.createDirectories(object);
            Files.write(
                    object.resolve(write.content().key()),
                    Base64.getDecoder().decode(write.content().base64()));
        }
        Files.createDirectories(mount.resolve("main-plan"));
        Files.writeString(mount.resolve("main-plan/index.json"), step.index().encode());
    }

    /// Gives the API server the parts that are mounted.
    private void folderToApi() throws IOException {
        try (var objects = Files.newDirectoryStream(folder.resolve("mount"), "main-*-[ab]")) {
            for (Path object : objects) {
                byte[] part = Files.readAllBytes(object.resolve(PartContent.PLAIN_KEY));
                api.secret(
                        object.getFileName().toString(),
                        PartContent.PLAIN_KEY,
                        Base64.getEncoder().encodeToString(part));
            }
        }
    }

    private static int number(PlanRecorder.Applied applied) {
        return Integer.parseInt(applied.revision().substring(2));
    }

    private void awaitRevision(String revision) {
        awaitTrue(revision, () -> sink.revision().equals(revision));
        awaitTrue(revision + " told", () -> sink.report.revision().equals(revision));
    }

    private void awaitProblem(String text) {
        awaitTrue(text, () -> sink.problems.stream().anyMatch(each -> each.contains(text)));
    }

    private void awaitTrue(String what, BooleanSupplier look) {
        Poll.untilTrue(PATIENCE, () -> what + "; " + sink.revision() + ", " + sink.problems, look);
    }
}

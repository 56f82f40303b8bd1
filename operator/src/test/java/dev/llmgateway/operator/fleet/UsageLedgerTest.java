package dev.llmgateway.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UsageLedgerTest {
    private static final String KEY = "uid-of-key";

    @Test
    void countersAreSummedOverPodsAndTheirLatestPages() {
        UsageLedger ledger =
                UsageLedger.EMPTY.observe(
                        List.of(
                                Views.of("a", true, "complete"),
                                Views.of("b", true, "complete", "credential-fault")));

        assertThat(requests(ledger)).isEqualTo(241);
        assertThat(ledger.total().account("uid-of-first").cacheReadTokens()).isEqualTo(14_000);
    }

    @Test
    void whatAPodServedOutlivesIt() {
        UsageLedger ledger =
                UsageLedger.EMPTY
                        .observe(List.of(Views.of("a", true, "complete")))
                        .observe(List.of(Views.of("b", true, "complete")));

        assertThat(requests(ledger)).isEqualTo(240);
        assertThat(ledger.running()).hasSize(1);
    }

    @Test
    void aProcessThatBeganAgainInItsPodCountsOnTop() {
        PodView before = Views.of("a", true, "complete");
        String other = AdminPort.page("complete").replace("1800000000000", "1800000060000");
        PodView after = before.told(Views.page(other), Views.NOW);

        UsageLedger ledger = UsageLedger.EMPTY.observe(List.of(before)).observe(List.of(after));

        assertThat(requests(ledger)).isEqualTo(240);
    }

    @Test
    void aRestartedOperatorCountsNothingTwice() {
        PodView pod = Views.of("a", true, "complete");
        UsageLedger before = UsageLedger.EMPTY.observe(List.of(pod));

        UsageLedger restored =
                UsageCheckpoint.read(UsageCheckpoint.binaryData(before)).orElseThrow();
        UsageLedger unheard = restored.observe(List.of(PodView.unheard(pod.pod())));
        UsageLedger heard =
                unheard.observe(
                        List.of(
                                PodView.unheard(pod.pod())
                                        .told(
                                                Views.page(AdminPort.page("complete")),
                                                Views.NOW + 60_000)));

        assertThat(restored).isEqualTo(before);
        assertThat(requests(unheard)).isEqualTo(120);
        assertThat(requests(heard)).isEqualTo(120);
        assertThat(heard.total().key(KEY).lastUsedMillis()).isEqualTo(Views.NOW);
    }

    @Test
    void theLastUseIsWhenAReportShowedNewRequests() {
        PodView pod = Views.of("a", true, "complete");
        PodView unused = pod.told(Views.page(AdminPort.page("draining")), Views.NOW + 1_000);
        PodView used = pod.told(Views.page(AdminPort.page("credential-fault")), Views.NOW + 2_000);

        assertThat(lastUsed(unused)).isEqualTo(Views.NOW);
        assertThat(lastUsed(used)).isEqualTo(Views.NOW + 2_000);
        assertThat(Counts.NONE.totals().lastUsedTime()).isNull();
    }

    @Test
    void objectsThatAreGoneAreForgotten() {
        UsageLedger ledger =
                UsageLedger.EMPTY
                        .observe(List.of(Views.of("a", true, "complete")))
                        .observe(List.of(Views.of("b", true, "complete")))
                        .only(Set.of("uid-of-first"), Set.of());

        assertThat(ledger.total().accounts()).containsOnlyKeys("uid-of-first");
        assertThat(ledger.total().keys()).isEmpty();
    }

    @Test
    void equalLedgersGiveEqualContentAndWhatIsNoneIsNotRead() {
        UsageLedger ledger = UsageLedger.EMPTY.observe(List.of(Views.of("a", true, "complete")));

        assertThat(UsageCheckpoint.binaryData(ledger))
                .isEqualTo(UsageCheckpoint.binaryData(ledger));
        assertThat(UsageCheckpoint.read(Map.of())).isEmpty();
        assertThat(UsageCheckpoint.read(Map.of(UsageCheckpoint.KEY, "%"))).isEmpty();
        assertThat(UsageCheckpoint.read(Map.of(UsageCheckpoint.KEY, "bm8gZ3ppcA=="))).isEmpty();
    }

    @Test
    void fiveThousandKeysOnThreePodsFitIntoAConfigMap() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Map<String, Usage> running = new TreeMap<>();
        List<String> uids =
                random.ints(5_000)
                        .mapToObj(
                                number -> new java.util.UUID(random.nextLong(), number).toString())
                        .toList();
        for (int process = 0; process < 3; process++) {
            Map<String, Counts> keys = new TreeMap<>();
            uids.forEach(uid -> keys.put(uid, counts(random)));
            running.put("pod-" + process + "/1800000000000", new Usage(Map.of(), keys));
        }

        String content =
                UsageCheckpoint.binaryData(new UsageLedger(Usage.NONE, running))
                        .get(UsageCheckpoint.KEY);

        assertThat(Base64.getDecoder().decode(content)).hasSizeLessThan(900_000);
    }

    private static Counts counts(RandomGenerator random) {
        return new Counts(
                random.nextInt(100_000),
                random.nextInt(100),
                random.nextInt(100_000_000),
                random.nextInt(10_000_000),
                random.nextInt(50_000_000),
                random.nextInt(1_000_000),
                1_800_000_000_000L + random.nextInt(100_000_000));
    }

    private static long requests(UsageLedger ledger) {
        return ledger.total().key(KEY).requests();
    }

    private static long lastUsed(PodView pod) {
        return UsageLedger.EMPTY.observe(List.of(pod)).total().key(KEY).lastUsedMillis();
    }
}

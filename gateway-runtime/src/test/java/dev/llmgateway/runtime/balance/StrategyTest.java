package dev.llmgateway.runtime.balance;

import static dev.llmgateway.runtime.fixture.Plans.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the strategies spread requests. Seeds are fixed; the bounds hold for nearly every seed.
class StrategyTest {
    private static final int REQUESTS = 20_000;

    /// Chi-square at 0.1 % for three degrees of freedom.
    private static final double MOST_CHI_SQUARE = 16.27;

    private final Pool pool =
            new Pool(7, plan("a", 100), plan("b", 200), plan("c", 300), plan("d", 400));

    @Test
    void randomIgnoresWeights() {
        assertThat(chiSquare(counts("Random"), Map.of("a", 1, "b", 1, "c", 1, "d", 1)))
                .isLessThan(MOST_CHI_SQUARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Weighted", "LeastOutstanding"})
    void chanceFollowsWeightsOnAnIdlePool(String strategy) {
        assertThat(chiSquare(counts(strategy), Map.of("a", 1, "b", 2, "c", 3, "d", 4)))
                .isLessThan(MOST_CHI_SQUARE);
    }

    @Test
    void roundRobinFollowsWeightsWithoutChance() {
        Map<String, Integer> counts = counts("RoundRobin");

        assertThat(counts.get("a")).isBetween(1_990, 2_010);
        assertThat(counts.get("b")).isBetween(3_990, 4_010);
        assertThat(counts.get("c")).isBetween(5_990, 6_010);
        assertThat(counts.get("d")).isBetween(7_990, 8_010);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Random", "Weighted", "RoundRobin", "LeastOutstanding", "PowerOfTwo"})
    void whoIsOutGetsNothingAndTheOthersShareIt(String strategy) {
        pool.put(
                "d",
                new Health.CoolingDown(
                        Cause.of(pool.failure(FailureClass.Capacity, 429)), pool.now + 1_000, 1));

        Map<String, Integer> counts = counts(strategy);

        assertThat(counts).containsOnlyKeys("a", "b", "c");
        assertThat(counts.get("c")).isGreaterThan(REQUESTS / 4);
    }

    @Test
    void leastOutstandingKeepsLoadInProportionToWeights() {
        Map<String, Integer> open = open("LeastOutstanding", 1_000);

        assertThat(open).isEqualTo(Map.of("a", 100, "b", 200, "c", 300, "d", 400));
    }

    @Test
    void powerOfTwoKeepsLoadNearTheWeightsWithoutLookingAtAll() {
        Map<String, Integer> open = open("PowerOfTwo", 1_000);

        assertThat(open.get("a")).isBetween(90, 110);
        assertThat(open.get("b")).isBetween(185, 215);
        assertThat(open.get("c")).isBetween(280, 320);
        assertThat(open.get("d")).isBetween(375, 425);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LeastOutstanding", "PowerOfTwo"})
    void anAccountThatHoldsItsRequestsLongerGetsFewer(String strategy) {
        Pool two = new Pool(7, plan("fast", 100), plan("slow", 100));
        two.selector = two.selector(strategy);
        List<Lease> slow = new ArrayList<>();
        int fast = 0;
        for (int i = 0; i < 1_000; i++) {
            Lease lease = Objects.requireNonNull(two.any());
            if (Pool.name(lease).equals("slow")) {
                slow.add(lease);
            } else {
                fast++;
                lease.finished();
            }
        }

        assertThat(fast).isGreaterThan(950);
        assertThat(slow).hasSizeLessThan(50);
    }

    @Test
    void aRampTakesATenthThenAHalf() {
        Health.Out from =
                new Health.CoolingDown(
                        Cause.of(pool.failure(FailureClass.Capacity, 429)), pool.now, 1);
        pool.put("d", new Health.Ramp(0, 0, from, 1));
        int tenth = counts("Random").getOrDefault("d", 0);
        pool.put("d", new Health.Ramp(1, 0, from, 1));
        int half = counts("Random").getOrDefault("d", 0);
        pool.put("d", new Health.Ramp(2, 0, from, 1));
        int all = counts("Random").getOrDefault("d", 0);

        assertThat(tenth).isBetween(450, 550);
        assertThat(half).isBetween(2_400, 2_600);
        assertThat(all).isBetween(4_800, 5_200);
    }

    @Test
    void anUnknownStrategyIsRefused() {
        assertThatThrownBy(() -> pool.selector("Best"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Requests that end before the next one begins, and tell nothing.
    private Map<String, Integer> counts(String strategy) {
        Selector selector = pool.selector(strategy);
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            Lease lease =
                    Objects.requireNonNull(
                            selector.choose(pool.candidates, _ -> false, pool.ask()));
            counts.merge(Pool.name(lease), 1, Integer::sum);
            lease.finished();
        }
        return counts;
    }

    /// Requests that all stay.
    private Map<String, Integer> open(String strategy, int requests) {
        pool.selector = pool.selector(strategy);
        Map<String, Integer> open = new TreeMap<>();
        IntStream.range(0, requests)
                .mapToObj(_ -> Objects.requireNonNull(pool.any()))
                .forEach(lease -> open.merge(Pool.name(lease), 1, Integer::sum));
        return open;
    }

    private static double chiSquare(Map<String, Integer> counts, Map<String, Integer> weights) {
        double total = weights.values().stream().mapToInt(w -> w).sum();
        return weights.entrySet().stream()
                .mapToDouble(entry -> {
                    double expected = REQUESTS * entry.getValue() / total;
                    double off = counts.getOrDefault(entry.getKey(), 0) - expected;
                    return off * off / expected;
                })
                .sum();
    }

    private static AccountPlan plan(String name, int weight) {
        return account(name).weight(weight).plan();
    }
}

package dev.llmgateway.runtime.balance;

import static dev.llmgateway.runtime.fixture.Plans.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private final Balancer balancer = new RoundRobin();

    @Test
    void equalWeightsTakeTurns() {
        List<Candidate> candidates =
                List.of(candidate("a", 7), candidate("b", 7), candidate("c", 7));

        assertThat(counts(candidates, 30)).isEqualTo(Map.of("a", 10, "b", 10, "c", 10));
    }

    @Test
    void turnsFollowTheWeightsWithinOneTurnInTen() {
        List<Candidate> candidates = List.of(candidate("a", 90), candidate("b", 10));

        Map<String, Integer> counts = counts(candidates, 1_000);

        assertThat(counts.get("a")).isBetween(890, 910);
        assertThat(counts.get("b")).isBetween(90, 110);
    }

    @Test
    void weightsThatAddUpLikeEqualOnesAreNotTakenForEqual() {
        List<Candidate> candidates =
                List.of(candidate("a", 2), candidate("b", 1), candidate("c", 3));

        assertThat(counts(candidates, 600).get("c")).isBetween(290, 310);
    }

    @Test
    void triedCandidatesAreSkippedUntilNoneIsLeft() {
        Candidate first = candidate("a", 1);
        Candidate second = candidate("b", 1);
        List<Candidate> candidates = List.of(first, second);

        assertThat(balancer.choose(candidates, 2, tried -> tried.equals(first))).isSameAs(second);
        assertThat(balancer.choose(candidates, 2, _ -> true)).isNull();
    }

    private Map<String, Integer> counts(List<Candidate> candidates, int turns) {
        int total = candidates.stream().mapToInt(Candidate::weight).sum();
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < turns; i++) {
            Candidate chosen = balancer.choose(candidates, total, _ -> false);
            assertThat(chosen).isNotNull();
            counts.merge(Objects.requireNonNull(chosen).account().ref().name(), 1, Integer::sum);
        }
        return counts;
    }

    private static Candidate candidate(String name, int weight) {
        return new Candidate(account(name).plan(), "m", WireFormat.Messages, 0, weight);
    }
}

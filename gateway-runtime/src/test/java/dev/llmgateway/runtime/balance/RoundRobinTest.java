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
    private final Strategy strategy = new RoundRobin();

    @Test
    void equalWeightsTakeTurns() {
        List<Candidate> candidates =
                List.of(candidate("a", 7), candidate("b", 7), candidate("c", 7));

        assertThat(counts(candidates, 30).values())
                .allSatisfy(turns -> assertThat(turns).isBetween(9, 11));
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
    void closedCandidatesAreSkippedUntilNoneIsLeft() {
        Candidate first = candidate("a", 1);
        Candidate second = candidate("b", 1);
        List<Candidate> candidates = List.of(first, second);

        assertThat(strategy.pick(candidates, second::equals)).isSameAs(second);
        assertThat(strategy.pick(candidates, _ -> false)).isNull();
    }

    private Map<String, Integer> counts(List<Candidate> candidates, int turns) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < turns; i++) {
            Candidate chosen = strategy.pick(candidates, _ -> true);
            assertThat(chosen).isNotNull();
            counts.merge(Objects.requireNonNull(chosen).account().ref().name(), 1, Integer::sum);
        }
        return counts;
    }

    private static Candidate candidate(String name, int weight) {
        return new Candidate(account(name).plan(), "m", WireFormat.Messages, 0, weight);
    }
}

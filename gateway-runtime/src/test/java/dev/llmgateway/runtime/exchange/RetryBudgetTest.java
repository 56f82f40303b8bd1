package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void a_share_of_the_traffic_is_asked_again() {
        RetryBudget budget = new RetryBudget();
        int calls = 0;

        for (int i = 0; i < 1_000; i++) {
            budget.earn(20);
            calls += budget.spend(0) ? 1 : 0;
        }

        assertThat(calls).isBetween(205, 212);
    }

    @Test
    void a_few_a_second_are_free() {
        RetryBudget budget = new RetryBudget();
        int calls = 0;

        for (int millis = 0; millis < 10_000; millis += 10) {
            calls += budget.spend(millis) ? 1 : 0;
        }

        assertThat(calls).isBetween(105, 112);
    }

    @Test
    void what_is_saved_up_is_bounded() {
        RetryBudget budget = new RetryBudget();
        for (int i = 0; i < 1_000; i++) {
            budget.earn(100);
        }
        int calls = 0;

        while (budget.spend(0)) {
            calls++;
        }

        assertThat(calls).isEqualTo(20);
    }
}

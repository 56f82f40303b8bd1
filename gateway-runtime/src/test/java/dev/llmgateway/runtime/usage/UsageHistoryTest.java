package dev.llmgateway.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Usage;
import org.junit.jupiter.api.Test;

class UsageHistoryTest {
    private static final Counters.Totals NOTHING = new Counters.Totals(0, 0, 0, 0, 0, 0);

    private final UsageLedger ledger = new UsageLedger();
    private final UsageHistory history = new UsageHistory();

    @Test
    void only_the_minutes_asked_for_count() {
        requests(5);
        history.minute(ledger);
        requests(3);
        history.minute(ledger);
        requests(1);

        assertThat(used(1)).isEqualTo(1);
        assertThat(used(2)).isEqualTo(4);
        assertThat(used(60)).isEqualTo(9);
    }

    @Test
    void an_hour_is_remembered_and_no_more() {
        requests(7);
        for (int i = 0; i < 61; i++) {
            history.minute(ledger);
        }
        requests(2);

        assertThat(used(60)).isEqualTo(2);
    }

    @Test
    void who_used_nothing_is_not_named() {
        requests(1);
        history.minute(ledger);

        assertThat(history.since(ledger, 1).keys()).isEmpty();
    }

    private void requests(int count) {
        for (int i = 0; i < count; i++) {
            ledger.key("k").settle(false, Usage.NONE);
        }
    }

    private long used(int minutes) {
        return history.since(ledger, minutes).keys().getOrDefault("k", NOTHING).requests();
    }
}

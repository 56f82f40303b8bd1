package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Headroom;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SaidTest {
    private static final OptionalLong SILENT = OptionalLong.empty();
    private static final OptionalLong A_MINUTE = OptionalLong.of(60_000);

    @Test
    void aRejectedWindowBeatsAWait() {
        Headroom rejected = new Headroom(0, 5_000, "unified-5h", true);

        assertThat(Said.of(A_MINUTE, rejected, 100)).isEqualTo(new Said.WindowRejected(5_000));
    }

    @Test
    void aRejectedWindowWithoutAResetOpensAfterTheWait() {
        Headroom rejected = new Headroom(0, 0, "unified", true);

        assertThat(Said.of(A_MINUTE, rejected, 100)).isEqualTo(new Said.WindowRejected(60_100));
        assertThat(Said.of(SILENT, rejected, 100)).isEqualTo(new Said.WindowRejected(100));
    }

    @Test
    void aWaitBeatsTheResetOfAnEmptyLimit() {
        Headroom empty = new Headroom(0, 5_000, "requests", false);

        assertThat(Said.of(A_MINUTE, empty, 100)).isEqualTo(new Said.RetryAfter(60_000));
        assertThat(Said.of(SILENT, empty, 100)).isEqualTo(new Said.ResetAt(5_000));
    }

    @Test
    void aWindowThatIsNeitherRejectedNorEmptySaysNothing() {
        Headroom week = new Headroom(0.4, 604_800_000, "unified-7d", false);

        assertThat(Said.of(SILENT, week, 100)).isEqualTo(new Said.Nothing());
        assertThat(Said.of(SILENT, Headroom.UNKNOWN, 100)).isEqualTo(new Said.Nothing());
    }
}

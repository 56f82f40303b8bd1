package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinuteRateTest {
    private static final long MINUTE = 60_000;
    private static final long START = 28_000_000 * MINUTE;

    private final MinuteRate rate = new MinuteRate();

    @Test
    void noMoreThanTheLimitIsTakenInAnyMinuteThatSlides() {
        assertThat(take(10, START + 30_000)).isEqualTo(10);
        assertThat(take(1, START + 59_999)).isZero();
        assertThat(take(10, START + MINUTE + 30_000)).as("half of it is a minute ago").isEqualTo(5);
        assertThat(take(20, START + 5 * MINUTE)).isEqualTo(10);
    }

    @Test
    void theWaitItNamesIsTheWaitThereIs() {
        take(10, START + 10_000);

        long wait = rate.roomInMillis(1, 10, START + 20_000);

        assertThat(rate.hasRoom(1, 10, START + 20_000 + wait)).isTrue();
        assertThat(rate.hasRoom(1, 10, START + 20_000 + wait - 50)).isFalse();
        assertThat(rate.roomInMillis(1, 11, START + 20_000)).isZero();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgainButNothingBeyond() {
        take(10, START);
        rate.giveBack(START);
        assertThat(take(10, START)).isEqualTo(1);

        MinuteRate fresh = new MinuteRate();
        fresh.giveBack(START);
        assertThat(fresh.hasRoom(10, 10, START)).isTrue();
        assertThat(fresh.hasRoom(11, 10, START)).isFalse();
    }

    @Test
    void aClockThatIsSetBackDoesNotCloseTheDoor() {
        take(10, START);

        assertThat(take(10, START - 120 * MINUTE)).isEqualTo(10);
    }

    @Test
    void aLoopThatIsAMomentBehindCountsInTheSameMinute() {
        take(10, START);

        assertThat(take(1, START - 1)).isZero();
    }

    private int take(int wanted, long now) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += rate.take(10, now) ? 1 : 0;
        }
        return taken;
    }
}

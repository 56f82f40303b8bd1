package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoopWatchIT {
    @Test
    void aLoopThatIsKeptBusyIsSeenToBeLate() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.handler((_, downstream) -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                downstream.respond(new Response(200, new HeaderLines(), "late", false));
                return new Silent();
            });

            assertThat(edge.exchange("busy").text()).isEqualTo("late");

            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> "the stall is told: " + edge.server().stats().lags(),
                    () -> edge.server().stats().lags().beyond(250) == 1);
            LoopLags lags = edge.server().stats().lags();
            assertThat(lags.worstMillis()).isBetween(280L, 3_000L);
            assertThat(lags.sumMillis()).isGreaterThanOrEqualTo(lags.worstMillis());
        }
    }

    @Test
    void lagsOfLoopsAddUp() {
        LoopWatch one = new LoopWatch();
        LoopWatch other = new LoopWatch();
        for (long late : new long[] {-1, 5, 6, 50, 51}) {
            one.observe(late);
        }
        other.observe(2_000);

        LoopLags both = one.read().plus(other.read());

        assertThat(both.counts()).containsExactly(2L, 1L, 0L, 1L, 1L, 0L, 0L, 0L, 1L);
        assertThat(both.beyond(50)).isEqualTo(2);
        assertThat(both.sumMillis()).isEqualTo(2_112);
        assertThat(both.worstMillis()).isEqualTo(2_000);
    }

    private static final class Silent implements RequestConsumer {
        @Override
        public void peek(io.netty.buffer.ByteBuf chunk) {}

        @Override
        public void body(RequestBody body) {
            body.release();
        }

        @Override
        public void writable() {}

        @Override
        public void closed(CloseReason reason) {}
    }
}

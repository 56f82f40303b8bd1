package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Poll;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That a leaked buffer would be noticed: every other test relies on it.
class LeaksIT {
    @Test
    void aBufferThatIsNotReleasedIsFound() {
        Leaks.watch();
        leak();
        List<String> found = new ArrayList<>();

        Poll.untilTrue(
                EdgeFixture.PATIENCE,
                () -> "the leak is found",
                () -> {
                    Leaks.collect();
                    found.addAll(Leaks.take());
                    return !found.isEmpty();
                });

        assertThat(found).allSatisfy(leak -> assertThat(leak).contains("LeaksIT"));
    }

    private static void leak() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }
}

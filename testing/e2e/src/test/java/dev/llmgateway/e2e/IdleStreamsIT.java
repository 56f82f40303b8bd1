package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.process.GatewayProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards what an idle stream keeps on the heap, without a clock; `LoadIT` judges the promise.
class IdleStreamsIT {
    private static final int STREAMS = 500;

    /// Twice what was measured: 7.9 KiB.
    private static final double MOST_KIB = 16;

    @Test
    void an_idle_stream_keeps_little(@TempDir Path folder) throws IOException {
        try (var upstream = new LoadUpstream();
                var gateway =
                        GatewayProcess.ready(
                                upstream.before(Manifests.simulated(folder)).folder())) {
            LoadIT.closeAll(open(gateway, 20)); // classes and pools are not a stream's
            Usage before = Usage.of(gateway.pid());

            List<Socket> idle = open(gateway, STREAMS);
            Usage during = Usage.of(gateway.pid());

            LoadIT.closeAll(idle);
            double each = (during.heapKib() - before.heapKib()) / (double) STREAMS;
            Figures.note("R2", "heap of an idle stream", each, "KiB", Promise.atMost(MOST_KIB));
            assertThat(during.files() - before.files()).isGreaterThanOrEqualTo(2L * STREAMS - 40);
            assertThat(each).isPositive().isLessThan(MOST_KIB);
        }
    }

    private static List<Socket> open(GatewayProcess gateway, int streams) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            sockets.add(LoadIT.idleStream(gateway.data()));
        }
        return sockets;
    }
}

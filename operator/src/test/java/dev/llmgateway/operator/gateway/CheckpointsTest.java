package dev.llmgateway.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.operator.fleet.Counts;
import dev.llmgateway.operator.fleet.Usage;
import dev.llmgateway.operator.fleet.UsageLedger;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import dev.llmgateway.operator.snapshot.Standing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    /// Nobody can tell which accounts exist for a gateway whose spec is invalid, so none is
    /// forgotten.
    @Test
    void theCountersOfAnInvalidGatewayAreKept() {
        UsageLedger counted =
                new UsageLedger(
                        new Usage(
                                Map.of("uid-1", new Counts(7, 0, 1, 2, 0, 0, 0)),
                                Map.of("uid-2", new Counts(7, 0, 1, 2, 0, 0, 0))),
                        Map.of());

        assertThat(Checkpoints.kept(counted, invalid())).isEqualTo(counted);
    }

    private static GatewayVerdict invalid() {
        return new GatewayVerdict(
                "uid",
                1,
                List.of(),
                null,
                Map.of(),
                Map.of(),
                Set.of(),
                new Standing(Set.of(), Map.of(), Map.of()),
                0,
                0);
    }
}

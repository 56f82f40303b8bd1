package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What one call's fate does to the others of its pool.
class PoolIT {
    @Test
    void aBugAtTheEndOfOneReplyLeavesTheNextCallOnTheConnectionAlone() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(Limits.pool(1, 5), PoolIT::late);
                RawClient first = edge.client();
                RawClient second = edge.client()) {
            first.request("POST /bug-at-end HTTP/1.1", "x-id: 1\r\n", "");
            edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
            second.request("POST / HTTP/1.1", "x-id: 2\r\n", "");

            assertThat(second.response().field("x-id")).contains("2");
            assertThat(edge.upstream().ledger()).hasSize(1);
            assertThatThrownBy(first::response).isInstanceOf(EOFException.class);
            assertThat(edge.awaitBug()).hasMessage("end");
        }
    }

    @Test
    void callsThatWereGivenUpHoldNoPlaceInTheQueue() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(Limits.pool(1, 1), PoolIT::late);
                RawClient first = edge.client();
                RawClient third = edge.client()) {
            first.request("POST / HTTP/1.1", "x-id: 1\r\n", "");
            edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
            try (RawClient second = edge.client()) {
                second.request("POST / HTTP/1.1", "x-id: 2\r\n", "");
                edge.awaitStats("waits", stats -> stats.requests() == 2);
            }
            Poll.untilTrue(EdgeFixture.PATIENCE, () -> "given up", () -> edge.closes().size() == 1);
            third.request("POST / HTTP/1.1", "x-id: 3\r\n", "");

            assertThat(third.response().field("x-id")).contains("3");
            assertThat(first.response().field("x-id")).contains("1");
        }
    }

    @Test
    void poolsOfEndpointsThatAreNoLongerCalledAreForgotten() throws IOException {
        try (EdgeFixture edge =
                EdgeFixture.start(_ -> Script.answer(200, "connection: close\r\n", "ok"))) {
            int before = edge.deadlines();
            Endpoint base = edge.endpoint();
            for (int i = 0; i < 20; i++) {
                EgressPolicy egress = new EgressPolicy(true, List.of("host-" + i), "");
                edge.endpoint(new Endpoint(base.host(), base.port(), base.tls(), egress));
                assertThat(edge.exchange("some").status()).isEqualTo(200);
            }
            edge.awaitQuiet();

            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> "deadlines are left: " + edge.deadlines(),
                    () -> edge.deadlines() == before);
        }
    }

    private static Script late(Received request) {
        return Script.of(EdgeFixture.later(200))
                .then(EdgeFixture.echo(request).steps().toArray(Step[]::new));
    }
}

package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Connections of one client address (spec/http.md, Limits): off by default.
class ConnectionLimitIT {
    private static final HttpLimits TWO = HttpLimits.DEFAULT.with(1 << 20, 1 << 20, 2);
    private static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";

    @Test
    void oneTooManyIsTurnedAwayWhetherItAsksOrNot() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(TWO, EdgeFixture::echo);
                RawClient first = edge.client();
                RawClient second = edge.client()) {
            edge.awaitStats("two", stats -> stats.clientConnections() == 2);

            try (RawClient third = edge.client();
                    RawClient silent = edge.client()) {
                HttpMessage reply = third.send(GET).response();

                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.field("retry-after")).hasValue("1");
                assertThat(reply.field("connection")).hasValue("close");
                assertThat(third.ended()).isTrue();
                assertThat(silent.response().status()).isEqualTo(503);
                assertThat(silent.ended()).isTrue();
            }

            assertThat(first.send(GET).response().status()).isEqualTo(200);
            assertThat(second.send(GET).response().status()).isEqualTo(200);
            assertThat(edge.server().stats().requests()).isEqualTo(2);
        }
    }

    @Test
    void whoLeavesMakesRoom() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(TWO, EdgeFixture::echo)) {
            for (int i = 0; i < 3; i++) {
                try (RawClient first = edge.client();
                        RawClient second = edge.client()) {
                    assertThat(first.send(GET).response().status()).isEqualTo(200);
                    second.send(GET).response();
                    second.reset();
                }
                Poll.untilTrue(
                        EdgeFixture.PATIENCE,
                        () -> "all have left",
                        () -> edge.server().addresses().size() == 0);
            }
        }
    }

    @Test
    void theBoundMayComeAndGoWhileConnectionsAreOpen() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            try (RawClient before = edge.client();
                    RawClient counted = edge.client()) {
                assertThat(before.send(GET).response().status()).isEqualTo(200);
                assertThat(counted.send(GET).response().status()).isEqualTo(200);
                edge.server().limits(HttpLimits.DEFAULT.with(1 << 20, 1 << 20, 1));
                try (RawClient one = edge.client();
                        RawClient two = edge.client()) {
                    assertThat(one.send(GET).response().status()).isEqualTo(200);
                    assertThat(two.send(GET).response().status()).isEqualTo(503);
                    edge.server().limits(HttpLimits.DEFAULT);
                    try (RawClient three = edge.client()) {
                        assertThat(three.send(GET).response().status()).isEqualTo(200);
                    }
                }
            }
            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> "all have left",
                    () -> edge.server().addresses().size() == 0);
        }
    }
}

package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import io.vertx.core.Future;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainIT {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Test
    void anIdleConnectionIsClosedAtOnce() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.request("POST / HTTP/1.1", "", "a");
            assertThat(client.response().status()).isEqualTo(200);

            Future<Void> drained = edge.server().drain(GRACE);

            assertThat(client.ended()).isTrue();
            EdgeFixture.await(drained);
            assertThat(edge.closes()).isEmpty();
        }
    }

    @Test
    void aRunningRequestIsAnsweredWithItsLastReplyAndNewConnectionsAreRefused() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(DrainIT::late);
                RawClient client = edge.client()) {
            client.request("POST / HTTP/1.1", "x-id: running\r\n", "a");
            received(edge);

            Future<Void> drained = edge.server().drain(GRACE);
            Poll.untilTrue(GRACE, () -> "new connections are refused", () -> refused(edge));
            HttpMessage answer = client.response();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("x-id")).contains("running");
            assertThat(answer.field("connection")).contains("close");
            assertThat(client.ended()).isTrue();
            EdgeFixture.await(drained);
        }
    }

    @Test
    void aReplyThatHasBegunRunsToItsEnd() throws IOException {
        Script events =
                Script.events("data: a\n\n")
                        .then(EdgeFixture.later(400), Step.write("1\r\nb\r\n"))
                        .endOfChunks();
        try (EdgeFixture edge = EdgeFixture.start(_ -> events);
                RawClient client = edge.client()) {
            client.request("POST / HTTP/1.1", "", "a");
            received(edge);

            Future<Void> drained = edge.server().drain(GRACE);

            assertThat(client.response().body()).isEqualTo("data: a\n\nb");
            assertThat(client.ended()).isTrue();
            EdgeFixture.await(drained);
            assertThat(edge.closes()).isEmpty();
        }
    }

    @Test
    void whatIsOverdueIsCutAndItsCallCancelled() throws IOException {
        Script events = Script.events("data: a\n\n").then(new Step.Stall());
        try (EdgeFixture edge = EdgeFixture.start(_ -> events);
                RawClient client = edge.client()) {
            client.request("POST / HTTP/1.1", "", "a");
            received(edge);

            Future<Void> drained = edge.server().drain(Duration.ofMillis(300));

            assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
            EdgeFixture.await(drained);
            edge.awaitQuiet();
            assertThat(edge.closes()).containsExactly(RequestConsumer.CloseReason.Shutdown);
        }
    }

    private static Script late(Received request) {
        return Script.of(EdgeFixture.later(500))
                .then(EdgeFixture.echo(request).steps().toArray(Step[]::new));
    }

    private static void received(EdgeFixture edge) {
        Poll.untilTrue(GRACE, () -> "received", () -> edge.upstream().received().size() == 1);
    }

    private static boolean refused(EdgeFixture edge) {
        try {
            edge.client().close();
            return false;
        } catch (ConnectException _) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

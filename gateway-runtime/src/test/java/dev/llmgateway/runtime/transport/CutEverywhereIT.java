package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.network.FaultProxy;
import dev.llmgateway.fixtures.network.Flow;
import dev.llmgateway.fixtures.upstream.Step;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The network between gateway and upstream cuts a reply behind each of its bytes.
class CutEverywhereIT {
    private static final SplittableRandom RANDOM = new SplittableRandom(3);

    @ParameterizedTest
    @EnumSource(
            value = Flow.Cut.class,
            names = {"End", "Reset", "HalfEnd"})
    void aReplyIsWholeOnlyWithItsLastByte(Flow.Cut cut) throws IOException {
        int length = 0;
        for (Step step : new Correlation("<0>").chunks(2).steps()) {
            length += step instanceof Step.Write(String bytes) ? bytes.length() : 0;
        }
        try (EdgeFixture edge =
                        EdgeFixture.start(request ->
                                Correlation.of(request.message()).orElseThrow().chunks(2));
                FaultProxy proxy = FaultProxy.before(edge.upstream().address(), RANDOM)) {
            Endpoint direct = edge.endpoint();
            edge.endpoint(EdgeFixture.local(proxy.address().getPort()));
            for (int at = 0; at < length; at++) {
                proxy.toClient(Flow.FREE.cutAfter(at, cut));
                assertThat(whole(edge, new Correlation("<1>"))).as("cut at %d", at).isFalse();
            }
            edge.endpoint(direct);
            assertThat(whole(edge, new Correlation("<2>"))).isTrue();
        }
    }

    /// Whether the client got its whole reply.
    private static boolean whole(EdgeFixture edge, Correlation id) throws IOException {
        try (RawClient client = edge.client()) {
            HttpMessage answer = client.send(id.request("POST / HTTP/1.1", "")).response();
            return id.answeredBy(answer);
        } catch (EOFException | SocketException _) {
            return false;
        }
    }
}

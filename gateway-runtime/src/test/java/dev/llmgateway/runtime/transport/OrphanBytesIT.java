package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Bytes that follow a reply in one segment, but reach us in two reads, belong to nobody: least of
/// all to a call that waited for the connection.
class OrphanBytesIT {
    /// A first read's size (Netty's `AdaptiveRecvByteBufAllocator`); every power of two is tried.
    private static final int MOST = 64 << 10;

    @Test
    void aSecondReplyInTheSameSegmentIsNeverTheNextCalls() throws IOException {
        for (int size = 512; size <= MOST; size *= 2) {
            int first = size;
            try (EdgeFixture edge =
                            EdgeFixture.start(Limits.pool(1, 5), request -> twice(request, first));
                    RawClient one = edge.client();
                    RawClient two = edge.client()) {
                Correlation mine = new Correlation("<1>");
                Correlation next = new Correlation("<2>");
                one.send(mine.request("POST / HTTP/1.1", "x-odd: 1\r\n"));
                edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
                two.send(next.request("POST / HTTP/1.1", ""));

                assertThat(mine.answeredBy(one.response())).isTrue();
                HttpMessage answer = two.response();
                assertThat(next.answeredBy(answer)).as("%d: %s", size, answer).isTrue();
            }
        }
    }

    /// A reply of exactly `size` bytes and another one behind it, in one write.
    private static Script twice(Received request, int size) {
        Correlation mine = Correlation.of(request.message()).orElseThrow();
        if (request.message().field("x-odd").isEmpty()) {
            return mine.reply();
        }
        String body = mine.id().repeat((size - 120) / mine.id().length());
        String head =
                "HTTP/1.1 200 OK\r\n"
                        + mine.line()
                        + "content-length: "
                        + body.length()
                        + "\r\nx-pad: ";
        String pad = "p".repeat(size - head.length() - 4 - body.length());
        String reply = head + pad + "\r\n\r\n" + body;
        String poison = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison";
        return Script.of(EdgeFixture.later(100), Step.write(reply + poison));
    }
}

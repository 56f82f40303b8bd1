package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyHeadTest {

    @Test
    void theEndOfAHeadIsFoundOnlyWhenAllOfItIsThere() {
        String text = "HTTP/1.1 200 OK\r\na: b\r\n\r\nbody";
        ByteBuf bytes = latin1(text);
        int end = text.indexOf("body");

        for (int to = 0; to <= text.length(); to++) {
            assertThat(ReplyHead.end(bytes, 0, to)).isEqualTo(to < end ? -1 : end);
        }
    }

    @Test
    void statusLengthAndEndToEndLinesAreRead() {
        ReplyHead head =
                parse(
                        crlf(
                                "HTTP/1.1 429 Too Many",
                                "Content-Type:application/json",
                                "Retry-After: \t 7 \t",
                                "Content-Length: 12",
                                "x-latin: caf\u00e9",
                                "x-empty:"));

        assertThat(head.status()).isEqualTo(429);
        assertThat(head.contentLength()).isEqualTo(12);
        assertThat(head.chunked()).isFalse();
        assertThat(head.closes()).isFalse();
        assertThat(head.header("retry-after")).isEqualTo("7");
        assertThat(head.header("content-length")).isNull();
        assertThat(lines(head))
                .containsExactly(
                        "Content-Type: application/json",
                        "Retry-After: 7",
                        "x-latin: caf\u00e9",
                        "x-empty: ");
    }

    @Test
    void hopByHopAndNominatedLinesArePassedOnNever() {
        ReplyHead head =
                parse(
                        crlf(
                                "HTTP/1.1 200 OK",
                                "x-before: 1",
                                "Connection: Keep-Alive, X-Before , x-After",
                                "X-After: 1",
                                "Keep-Alive: timeout=5",
                                "TE: trailers",
                                "Trailer: x",
                                "Upgrade: h2c",
                                "Proxy-Connection: close",
                                "Proxy-Authenticate: Basic",
                                "Transfer-Encoding: Chunked",
                                "x-kept: 1"));

        assertThat(lines(head)).containsExactly("x-kept: 1");
        assertThat(head.header("x-before")).isNull();
        assertThat(head.header("x-after")).isNull();
        assertThat(head.chunked()).isTrue();
        assertThat(head.closes()).isFalse();
    }

    @Test
    void connectionCloseAndHttp10EndTheConnection() {
        assertThat(parse("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").closes()).isTrue();
        assertThat(parse("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n\r\n").closes()).isTrue();
        assertThat(parse("HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\n").closes()).isTrue();
        assertThat(parse("HTTP/1.1 200 OK\r\n\r\n").closes()).isFalse();
    }

    @Test
    void aReasonMayBeEmptyOrMissing() {
        assertThat(parse("HTTP/1.1 200 \r\na: b\r\n\r\n").status()).isEqualTo(200);
        assertThat(parse("HTTP/1.1 200\r\na: b\r\n\r\n").status()).isEqualTo(200);
        assertThat(parse("HTTP/1.1 599 x y\tz\r\n\r\n").status()).isEqualTo(599);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 20 OK\r\nabc: d",
                "HTTP/1.1 2000 OK\r\na: b",
                "HTTP/1.1 099 OK\r\na: b",
                "HTTP/1.1 600 OK\r\na: b",
                "HTTP/1.1 2x0 OK\r\na: b",
                "HTTP/1.1  200 OK\r\na: b",
                "HTTP/1.1\t200 OK\r\na: b",
                "HTTP/1.2 200 OK\r\na: b",
                "HTTP/2.0 200 OK\r\na: b",
                "HTTP/0.9 200 OK\r\na: b",
                "http/1.1 200 OK\r\na: b",
                "HTTP/1.1-200 OK\r\na: b",
                " HTTP/1.1 200 OK\r\na: b",
                "\r\nHTTP/1.1 200 OK\r\na: b",
                "ICY 200 OK\r\naaaaaaaaa: b",
                "SSH-2.0-OpenSSH_9.9 and more",
                "HTTP/1.1 200 O\u0000K\r\na: b",
                "HTTP/1.1 200 O\u007fK\r\na: b",
                "HTTP/1.1 200 OK\na: b",
                "HTTP/1.1 200 OK\r\na: b\nc: d",
                "HTTP/1.1 200 OK\r\na: b\rc: d",
                "HTTP/1.1 200 OK\r\na: b\r\n folded",
                "HTTP/1.1 200 OK\r\na: b\r\n\tfolded",
                "HTTP/1.1 200 OK\r\n: b",
                "HTTP/1.1 200 OK\r\na : b",
                "HTTP/1.1 200 OK\r\na\t: b",
                "HTTP/1.1 200 OK\r\na b: c",
                "HTTP/1.1 200 OK\r\nno colon",
                "HTTP/1.1 200 OK\r\nna\u00efve: c",
                "HTTP/1.1 200 OK\r\na: b\u0001c",
                "HTTP/1.1 200 OK\r\na: b\u0000",
                "HTTP/1.1 200 OK\r\na: \u001b[31m",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 5",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nContent-Length: 6",
                "HTTP/1.1 200 OK\r\ncontent-length: 5, 5",
                "HTTP/1.1 200 OK\r\ncontent-length: -5",
                "HTTP/1.1 200 OK\r\ncontent-length: +5",
                "HTTP/1.1 200 OK\r\ncontent-length: 0x5",
                "HTTP/1.1 200 OK\r\ncontent-length: 5 5",
                "HTTP/1.1 200 OK\r\ncontent-length:",
                "HTTP/1.1 200 OK\r\ncontent-length: 9999999999999999",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: xchunked",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: identity",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked",
                "HTTP/1.1 200 OK\r\ntransfer-encoding:",
                "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked"
            })
    void aHeadThatIsNotPlainHttpIsRefused(String head) {
        assertThatThrownBy(() -> parse(head + "\r\n\r\n")).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void asManyLinesAsAllowedAreKeptAndNotOneMore() {
        String hundred = "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(100);

        assertThat(lines(parse(hundred + "\r\n"))).hasSize(100);
        assertThatThrownBy(() -> parse(hundred + "a: b\r\n\r\n"))
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void nothingOfAnEarlierHeadIsLeft() {
        ReplyHead head = new ReplyHead(100);
        parse(
                head,
                "HTTP/1.0 500 No\r\nconnection: x-a\r\ncontent-length: 3\r\nx-b: "
                        + "c".repeat(5_000)
                        + "\r\n\r\n");

        parse(head, "HTTP/1.1 200 OK\r\nx-a: kept\r\n\r\n");

        assertThat(lines(head)).containsExactly("x-a: kept");
        assertThat(head.contentLength()).isEqualTo(-1);
        assertThat(head.closes()).isFalse();
        assertThat(head.chunked()).isFalse();
    }

    private static List<String> lines(ReplyHead head) {
        List<String> lines = new ArrayList<>();
        head.forEachHeader((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    private static String crlf(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static ReplyHead parse(String text) {
        return parse(new ReplyHead(100), text);
    }

    private static ReplyHead parse(ReplyHead head, String text) {
        head.parse(latin1(text), 0, text.length());
        return head;
    }

    private static ByteBuf latin1(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}

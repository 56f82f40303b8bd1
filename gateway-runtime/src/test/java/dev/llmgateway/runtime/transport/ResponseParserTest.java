package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = HEAD + "transfer-encoding: chunked\r\n\r\n";

    @Test
    void everyFramingGivesTheSamePayloadCutAtEveryPairOfBytes() {
        List<String> replies =
                List.of(
                        "5\r\nhello\r\n0\r\n\r\n",
                        "1\r\nh\r\n4\r\nello\r\n000\r\n\r\n",
                        "0000005\r\nhello\r\n0\r\n\r\n",
                        "5\r\nhello\r\n0\r\nx-trailer: dropped\r\nset-cookie: a=b\r\n\r\n");

        for (String wire : replies) {
            for (int first = 0; first <= wire.length(); first++) {
                for (int second = first; second <= wire.length(); second++) {
                    assertThat(walk(CHUNKED, wire, first, second)).isEqualTo("hello|done|0 left");
                }
            }
        }
    }

    @Test
    void lengthFramingEndsAtTheLastByteAndLeavesTheRest() {
        String head = HEAD + "content-length: 5\r\n\r\n";

        for (int first = 0; first <= 5; first++) {
            assertThat(walk(head, "helloXY", first, 5)).isEqualTo("|done|2 left");
        }
    }

    @Test
    void bytesBehindTheLastChunkAreLeft() {
        for (int cut = 0; cut < 15; cut++) {
            assertThat(walk(CHUNKED, "5\r\nhello\r\n0\r\n\r\nXY", cut, cut))
                    .isEqualTo("hello|done|2 left");
        }
    }

    @Test
    void aBodyWithoutFramingIsNeverDone() {
        ResponseParser parser = begun(HEAD + "\r\n", false);

        parser.walk(ascii("hello"), 0, 5, Unpooled.buffer());

        assertThat(parser.untilClose()).isTrue();
        assertThat(parser.plain()).isTrue();
        assertThat(parser.done()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\ntransfer-encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
            })
    void repliesWithoutABodyAreDoneAtOnce(String head) {
        assertThat(begun(head, false).done()).isTrue();
    }

    @Test
    void aReplyToHeadHasNoBodyWhateverItAnnounces() {
        assertThat(begun(CHUNKED, true).done()).isTrue();
        assertThat(begun(HEAD + "content-length: 5\r\n\r\n", true).done()).isTrue();
        assertThat(begun(HEAD + "\r\n", true).done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nhello",
                "g\r\nhello",
                "-5\r\nhello",
                "+5\r\nhello",
                " 5\r\nhello",
                "5 \r\nhello",
                ";ext=1\r\nhello",
                "5;ext\nhello\r\n0\r\n\r\n",
                "5;e\u0000t\r\nhello",
                "0x5\r\nhello",
                "5\nhello\r\n",
                "5\rhello",
                "5\r\rhello",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\r0\r\n\r\n",
                "00000000000000005\r\nhello",
                "0\r\nHTTP/1.1 200 OK\r\n\r\n",
                "0\r\n: nameless\r\n\r\n",
                "0\r\nx: y\n\r\n",
                "ffffffff\r\nhello",
                "100000000000000000005\r\nhello",
                "٥\r\nhello",
                "0\r\n\rX",
                "5\r\nhello\r\n\r\n"
            })
    void aChunkLineThatIsNotPlainHexIsRefusedCutAnywhere(String wire) {
        int length = wire.getBytes(StandardCharsets.UTF_8).length;

        for (int cut = 0; cut <= length; cut++) {
            int at = cut;
            assertThatThrownBy(() -> walk(CHUNKED, wire, at, at))
                    .isInstanceOf(MalformedMessage.class);
        }
    }

    /// A recipient must ignore extensions it does not know (RFC 9112, 7.1.1).
    @ParameterizedTest
    @ValueSource(strings = {"5;ext=1", "5;a;b=\"c\"", "00000005", "0000000000000005;x"})
    void aSizeIsReadBesideWhatIsIgnored(String size) {
        String wire = size + "\r\nhello\r\n0;last\r\nx-y: z\r\n\r\n";

        for (int cut = 0; cut <= wire.length(); cut++) {
            assertThat(walk(CHUNKED, wire, cut, cut)).isEqualTo("hello|done|0 left");
        }
    }

    @Test
    void extensionsAreBounded() {
        String wire = ("1;" + "e".repeat(99) + "\r\na\r\n").repeat(90) + "0\r\n\r\n";

        assertThatThrownBy(() -> walk(CHUNKED, wire, 3, 7)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void trailersAreBounded() {
        String wire = "0\r\nx: " + "a".repeat(9_000) + "\r\n\r\n";

        assertThatThrownBy(() -> walk(CHUNKED, wire, 3, 7)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void trailersOfEmptyNamesAreBoundedToo() {
        String wire = "0\r\n" + "a\n".repeat(9_000) + "\r\n";

        assertThatThrownBy(() -> walk(CHUNKED, wire, 3, 7)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void oneParserServesOneReplyAfterTheOther() {
        ResponseParser parser = new ResponseParser();
        ByteBuf payload = Unpooled.buffer();

        for (int i = 0; i < 3; i++) {
            parser.begin(head(CHUNKED), false);
            parser.walk(ascii("3\r\nabc\r\n0\r\n\r\n"), 0, 13, payload);
            assertThat(parser.done()).isTrue();
            parser.begin(head(HEAD + "content-length: 4\r\n\r\n"), false);
            assertThat(parser.walk(ascii("abcdef"), 0, 6, payload)).isEqualTo(4);
        }

        assertThat(payload.toString(StandardCharsets.US_ASCII)).isEqualTo("abcabcabc");
    }

    /// Payload, whether the reply is done, and how much was not taken.
    private static String walk(String head, String wire, int first, int second) {
        ByteBuf bytes = ascii(wire);
        ByteBuf payload = Unpooled.buffer();
        ResponseParser parser = begun(head, false);
        int at = parser.walk(bytes, 0, first, payload);
        if (at == first) {
            at = parser.walk(bytes, at, second, payload);
        }
        if (at == second) {
            at = parser.walk(bytes, at, bytes.writerIndex(), payload);
        }
        return payload.toString(StandardCharsets.US_ASCII)
                + (parser.done() ? "|done|" : "|open|")
                + (bytes.writerIndex() - at)
                + " left";
    }

    private static ResponseParser begun(String head, boolean headMethod) {
        ResponseParser parser = new ResponseParser();
        parser.begin(head(head), headMethod);
        return parser;
    }

    private static ReplyHead head(String text) {
        ReplyHead head = new ReplyHead(100);
        head.parse(ascii(text), 0, text.length());
        return head;
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}

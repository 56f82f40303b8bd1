package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadInspectionTest {
    private static final String LINE = "GET /a/path HTTP/1.1\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINE + "\r\n",
                "\r\n\r\n" + LINE + "host: x\r\n\r\n",
                LINE + "a:\tb\u00e9\t\r\nb:\r\n\r\n"
            })
    void plain_heads_pass_however_they_are_cut(String head) {
        assertThat(refused(head, head.length())).isFalse();
        assertThat(refused(head, 1)).isFalse();
        assertThat(refused(head, 7)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n" + LINE + "\r\n",
                "\r" + LINE + "\r\n",
                " " + LINE + "\r\n",
                "GET\t/a/path HTTP/1.1\r\n\r\n",
                "GET  /a/path HTTP/1.1\r\n\r\n",
                "GET /a/path HTTP/1.1 \r\n\r\n",
                "GET /a/path http/1.1\r\n\r\n",
                "GET /a/path Http/1.1\r\n\r\n",
                LINE + " a: b\r\n\r\n",
                LINE + "a: b\r\n\tc\r\n\r\n",
                LINE + "a: b\nc: d\r\n\r\n",
                LINE + "a: b\rc: d\r\n\r\n",
                LINE + "a: b\r\r\n\r\n",
                LINE + "a: b\r\n\n"
            })
    void odd_heads_are_refused_however_they_are_cut(String head) {
        assertThat(refused(head, head.length())).isTrue();
        assertThat(refused(head, 1)).isTrue();
        assertThat(refused(head, 7)).isTrue();
    }

    @Test
    void every_control_byte_but_a_tab_is_refused_at_every_place_of_a_field() {
        for (char c = 0; c <= 0x7f; c++) {
            if ((c >= ' ' && c != 0x7f) || c == '\t') {
                continue;
            }
            for (int at = 0; at < 20; at++) {
                String field = "x".repeat(at) + c + "x".repeat(20 - at);
                assertThat(refused(LINE + field + "\r\n\r\n", 64))
                        .as("%d at %d", (int) c, at)
                        .isTrue();
            }
        }
    }

    @Test
    void a_reset_forgets_the_head_before() {
        HeadInspection inspection = new HeadInspection();
        feed(inspection, "\n" + LINE, 64);
        inspection.reset();
        feed(inspection, LINE + "\r\n", 64);

        assertThat(inspection.refuses(HttpVersion.HTTP_1_1)).isFalse();
    }

    /// Cut as the parser does: behind whole lines, but for what comes before the first.
    private static boolean refused(String head, int piece) {
        HeadInspection inspection = new HeadInspection();
        feed(inspection, head, piece);
        return inspection.refuses(HttpVersion.HTTP_1_1);
    }

    private static void feed(HeadInspection inspection, String head, int piece) {
        ByteBuf bytes = Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1);
        int from = 0;
        while (from < head.length()) {
            int end = Math.min(head.length(), from + piece);
            boolean leading = head.substring(0, end).isBlank();
            if (!leading && end < head.length()) {
                end = head.indexOf('\n', end - 1) + 1;
            }
            inspection.inspect(bytes, from, end);
            from = end;
        }
    }
}

package dev.llmgateway.runtime.dialect.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseFramesTest {
    @Test
    void frames_end_at_a_blank_line_of_any_kind() {
        assertThat(frames("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\ndata: e"))
                .containsExactly("data: a\n\n", "data: b\r\n\r\n", "data: c\r\r", "data: d\r\n\n");
    }

    @Test
    void a_carriage_return_at_the_end_of_the_bytes_ends_its_line_at_once() {
        SseFrames frames = new SseFrames();
        ByteBuf first = buffer("data: a\r\n\r");
        ByteBuf second = buffer("\ndata: b\r\n\r\n");

        assertThat(frames.next(first, 0, first.writerIndex())).isEqualTo(first.writerIndex());
        assertThat(frames.next(second, 0, second.writerIndex())).isEqualTo(second.writerIndex());
    }

    @Test
    void a_frame_tells_its_event_and_data() {
        SseFrame frame =
                read("\ufeff: c\nid: 7\nevent:x.delta\ndata: a\ndatabase: no\ndata\ndata:  b\n\n");

        assertThat(frame.event()).isEqualTo("x.delta");
        assertThat(frame.eventIs("x.delta")).isTrue();
        assertThat(frame.eventIs("x.delt")).isFalse();
        assertThat(frame.eventEndsWith(".delta")).isTrue();
        assertThat(frame.lines()).isEqualTo(3);
        assertThat(new String(frame.data(), UTF_8)).isEqualTo("a\n\n b");
    }

    @Test
    void a_comment_has_neither() {
        SseFrame frame = read(": keep-alive\n\n");

        assertThat(frame.hasEvent()).isFalse();
        assertThat(frame.lines()).isZero();
        assertThat(frame.eventEndsWith(".delta")).isFalse();
    }

    @Test
    void lines_end_where_a_plain_search_ends_them_on_the_heap_and_off_it() {
        Random random = new Random(1);
        for (int run = 0; run < 2_000; run++) {
            ByteBuf heap = Unpooled.wrappedBuffer(text(random)).slice();
            ByteBuf direct = Unpooled.directBuffer().writeBytes(heap.duplicate());
            int end = heap.writerIndex();
            int from = random.nextInt(end + 1);

            int expected = from;
            while (expected < end && "\r\n".indexOf(heap.getByte(expected)) < 0) {
                expected++;
            }

            assertThat(SseFrames.lineEnd(heap, from, end)).isEqualTo(expected);
            assertThat(SseFrames.lineEnd(direct, from, end)).isEqualTo(expected);
            direct.release();
        }
    }

    @Test
    void a_frame_read_with_its_search_tells_what_it_tells_alone() {
        Random random = new Random(2);
        int frameCount = 0;
        for (int run = 0; run < 2_000; run++) {
            byte[] text = text(random);
            ByteBuf buffer = Unpooled.buffer(text.length + 9).writeZero(9).slice(9, text.length);
            buffer.setBytes(0, text);
            SseFrames frames = new SseFrames();
            int cut = random.nextInt(text.length + 1);
            int start = 0;
            int from = 0;
            for (int end : new int[] {cut, text.length}) {
                int next = frames.next(buffer, from, end);
                while (next >= 0) {
                    SseFrame together = new SseFrame();
                    together.read(buffer, start, next, frames);
                    SseFrame alone = new SseFrame();
                    alone.read(buffer, start, next);
                    assertThat(told(together)).isEqualTo(told(alone));
                    frameCount++;
                    start = next;
                    next = frames.next(buffer, start, end);
                }
                from = end;
            }
        }
        assertThat(frameCount).isGreaterThan(2_000);
    }

    private static String told(SseFrame frame) {
        return frame.event() + "|" + frame.lines() + "|" + new String(frame.data(), UTF_8);
    }

    private static byte[] text(Random random) {
        String[] pieces = {
            "data: a",
            "data: a text that is longer than sixteen bytes",
            "event: x",
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "\r\n\r\n",
            "\t",
            "\u0001",
            "日本",
            ": c",
            "\ufeff",
            "data",
            "id: 1\n"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(80); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString().getBytes(UTF_8);
    }

    private static SseFrame read(String text) {
        ByteBuf buffer = buffer(text);
        SseFrame frame = new SseFrame();
        frame.read(buffer, 0, buffer.writerIndex());
        return frame;
    }

    private static List<String> frames(String text) {
        SseFrames frames = new SseFrames();
        ByteBuf buffer = buffer(text);
        List<String> found = new ArrayList<>();
        int from = 0;
        for (int end = frames.next(buffer, 0, buffer.writerIndex());
                end >= 0;
                end = frames.next(buffer, from, buffer.writerIndex())) {
            found.add(buffer.toString(from, end - from, UTF_8));
            from = end;
        }
        return found;
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }
}

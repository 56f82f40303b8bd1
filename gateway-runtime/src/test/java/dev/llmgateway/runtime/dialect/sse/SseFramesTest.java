package dev.llmgateway.runtime.dialect.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
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

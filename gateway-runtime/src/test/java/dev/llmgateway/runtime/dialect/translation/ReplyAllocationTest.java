package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.runtime.dialect.chat.ChatStream;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.messages.MessagesFrames;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.model.ReplyEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Guards what a streamed delta costs the heap on its way from a Messages upstream to a Chat
/// client, without a clock.
class ReplyAllocationTest implements Consumer<ReplyEvent> {
    private static final int EVENTS = 20_000;

    /// Measured: 48, the event and its slice.
    private static final long MOST_BYTES = 64;

    private final MessagesFrames decoder = new MessagesFrames();
    private final ChatStream encoder = new ChatStream(MessagesReplies.context(true));
    private final JsonBytes out = new JsonBytes();
    private final SseFrame frame = new SseFrame();

    @Test
    void a_text_delta_allocates_little() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        ByteBuf[] deltas = {delta("Hello, world"), delta(" \\\"日本\\\" \\u00e9")};
        send(frame("{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}"));
        send(
                frame(
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\"}}"));
        send(deltas, EVENTS);

        long start = threads.getCurrentThreadAllocatedBytes();
        send(deltas, EVENTS);
        long bytes = (threads.getCurrentThreadAllocatedBytes() - start) / (2 * EVENTS);

        assertThat(out.slice().toString()).contains("日本");
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Override
    public void accept(ReplyEvent event) {
        encoder.encode(event, out);
    }

    private void send(ByteBuf[] deltas, int count) {
        for (int i = 0; i < count; i++) {
            out.clear();
            send(deltas[0]);
            send(deltas[1]);
        }
    }

    private void send(ByteBuf buffer) {
        frame.read(buffer, 0, buffer.writerIndex());
        decoder.frame(frame, this);
    }

    private static ByteBuf delta(String text) {
        return frame(
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                        + "\"text\":\""
                        + text
                        + "\"}}");
    }

    private static ByteBuf frame(String data) {
        return Unpooled.copiedBuffer("event: x\ndata: " + data + "\n\n", UTF_8);
    }
}

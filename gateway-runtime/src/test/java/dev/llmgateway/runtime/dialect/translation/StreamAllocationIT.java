package dev.llmgateway.runtime.dialect.translation;

import static dev.llmgateway.runtime.dialect.translation.Chat.call;
import static dev.llmgateway.runtime.dialect.translation.Chat.delta;
import static dev.llmgateway.runtime.dialect.translation.Chat.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.runtime.dialect.chat.ChatFrames;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.messages.MessagesStream;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.model.ReplyEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Guards what a delta of a stream costs the heap, without a clock.
class StreamAllocationIT {
    private static final int ROUNDS = 100_000;

    /// An event and a view of its text; measured: 48.
    private static final long MOST_BYTES = 64;

    @Test
    void a_text_delta_costs_its_event_and_no_more() {
        assertThat(bytesPerFrame(delta("\"content\":\"Hello \\\"world\\\" 日本\"")))
                .isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void a_thought_costs_its_event_and_no_more() {
        assertThat(bytesPerFrame(delta("\"reasoning_content\":\"Hello\"")))
                .isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void more_arguments_cost_their_event_and_no_more() {
        String begun =
                call(
                        "{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"[\"}}");
        String more = call("{\"index\":0,\"function\":{\"arguments\":\"\\\"a\\\",\"}}");

        assertThat(bytesPerFrame(begun, more)).isLessThanOrEqualTo(MOST_BYTES);
    }

    /// Of the last choice, repeated.
    private static long bytesPerFrame(String... choices) {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        ChatFrames decoder = new ChatFrames(new Random(1));
        MessagesStream encoder = new MessagesStream(Chat.CONTEXT);
        JsonBytes out = new JsonBytes();
        int[] events = new int[1];
        Consumer<ReplyEvent> to =
                event -> {
                    events[0]++;
                    encoder.encode(event, out);
                };
        SseFrame frame = new SseFrame();
        for (String choice : choices) {
            feed(frame, choice);
            decoder.frame(frame, to);
        }
        round(decoder, frame, out, to);
        events[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        round(decoder, frame, out, to);
        long spent = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(events[0]).isEqualTo(ROUNDS);
        assertThat(spent).isPositive();
        return spent / ROUNDS;
    }

    private static void feed(SseFrame frame, String choice) {
        byte[] bytes = stream(choice).replace("data: [DONE]\n\n", "").getBytes(UTF_8);
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        frame.read(buffer, 0, bytes.length);
    }

    private static void round(
            ChatFrames decoder, SseFrame frame, JsonBytes out, Consumer<ReplyEvent> to) {
        for (int i = 0; i < ROUNDS; i++) {
            out.clear();
            frame.read(frame.buffer(), 0, frame.buffer().writerIndex());
            decoder.frame(frame, to);
        }
    }
}

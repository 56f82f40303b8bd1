package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.model.ReplyEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Guards what a delta costs the heap on its way from and to Responses, without a clock.
class ResponsesAllocationTest {
    private static final int ROUNDS = 50_000;

    /// An event and a view of its text; measured: 48.
    private static final long MOST_BYTES = 64;

    /// The same, and the text, which the last events repeat: kept in a buffer that doubles.
    private static final long MOST_KEPT = 64 + 3 * 12;

    private static final ReplyContext CONTEXT = new ReplyContext("", 1, true, 1, false, true);
    private static final String RESPONSES =
            "{\"type\":\"response.output_text.delta\",\"sequence_number\":NUMBER,\"item_id\":\"m\","
                    + "\"output_index\":0,\"content_index\":0,\"delta\":\"Hello \\\"x\\\" 日\","
                    + "\"logprobs\":[],\"obfuscation\":\"NOISE\"}";
    private static final String MESSAGES_START =
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\"}}";
    private static final String MESSAGES =
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                    + "\"text\":\"Hello, world\"}}";

    @Test
    void a_numbered_delta_costs_its_event_and_no_more() {
        long bytes =
                bytesPerFrame(
                        WireFormat.Responses,
                        WireFormat.Messages,
                        RESPONSES.replace("NUMBER", "9").replace("NOISE", "abc"),
                        RESPONSES.replace("NUMBER", "10").replace("NOISE", "abcdef"),
                        RESPONSES.replace("NUMBER", "123456").replace("NOISE", ""));

        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void a_delta_for_a_client_of_responses_costs_its_text_besides() {
        long bytes =
                bytesPerFrame(WireFormat.Messages, WireFormat.Responses, MESSAGES_START, MESSAGES);

        assertThat(bytes).isLessThanOrEqualTo(MOST_KEPT);
    }

    /// Of all but the first, over and over.
    private static long bytesPerFrame(WireFormat from, WireFormat to, String... data) {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        FrameDecoder decoder = Dialects.of(from).frames(Origin.UNTOLD);
        ReplyEncoder encoder = Dialects.of(to).streaming(CONTEXT);
        JsonBytes out = new JsonBytes();
        int[] deltas = new int[1];
        Consumer<ReplyEvent> next =
                event -> {
                    deltas[0] += event instanceof ReplyEvent.Delta ? 1 : 0;
                    encoder.encode(event, out);
                };
        SseFrame frame = new SseFrame();
        ByteBuf[] frames = new ByteBuf[data.length];
        for (int i = 0; i < data.length; i++) {
            frames[i] =
                    Unpooled.wrappedBuffer(("event: x\ndata: " + data[i] + "\n\n").getBytes(UTF_8));
        }
        send(frames[0], frame, decoder, next);
        rounds(frames, frame, decoder, out, next);
        deltas[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        rounds(frames, frame, decoder, out, next);
        long spent = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(deltas[0]).isEqualTo(ROUNDS);
        return spent / ROUNDS;
    }

    private static void rounds(
            ByteBuf[] frames,
            SseFrame frame,
            FrameDecoder decoder,
            JsonBytes out,
            Consumer<ReplyEvent> next) {
        for (int i = 0; i < ROUNDS; i++) {
            out.clear();
            send(frames[1 + i % (frames.length - 1)], frame, decoder, next);
        }
    }

    private static void send(
            ByteBuf bytes, SseFrame frame, FrameDecoder decoder, Consumer<ReplyEvent> next) {
        frame.read(bytes, 0, bytes.writerIndex());
        decoder.frame(frame, next);
    }
}

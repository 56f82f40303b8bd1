package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Streams as the vendors send them, and a tap fed in pieces.
final class Streams {
    static final String MESSAGES =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-up","content":[],"stop_reason":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":100,"cache_read_input_tokens":3400,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":null}}

            : a comment

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"日本 \\"model\\":\\"x\\" 😀"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7,"output_tokens_details":{"thinking_tokens":2}}}

            event: message_stop
            data: {"type":"message_stop"}

            """;
    static final Usage MESSAGES_USAGE = new Usage(9, 7, 3400, 100, 2);

    static final String CHAT =
            """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-up","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-up","choices":[{"index":0,"delta":{"content":"\\"usage\\": 日本"},"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-up","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-up","choices":[],"usage":{"prompt_tokens":3509,"completion_tokens":7,"total_tokens":3516,"prompt_tokens_details":{"cached_tokens":3400},"completion_tokens_details":{"reasoning_tokens":2}}}

            data: [DONE]

            """;
    static final Usage CHAT_USAGE = new Usage(109, 7, 3400, 0, 2);

    static final String RESPONSES =
            """
            event: response.created
            data: {"type":"response.created","response":{"id":"resp_1","object":"response","model":"gpt-up","status":"in_progress","error":null,"output":[],"usage":null},"sequence_number":0}

            event: response.in_progress
            data: {"type":"response.in_progress","response":{"id":"resp_1","model":"gpt-up","error":null},"sequence_number":1}

            event: response.output_item.added
            data: {"type":"response.output_item.added","output_index":0,"item":{"id":"m","type":"message","model":"not-mine"},"sequence_number":2}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":"hi 😀","sequence_number":3}

            event: response.completed
            data: {"type":"response.completed","response":{"id":"resp_1","tools":[{"model":"not-mine"}],"error":null,"output":[{"model":"not-mine"}],"usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":5,"cache_write_tokens":3},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":27},"model":"gpt-up"},"sequence_number":4}

            """;
    static final Usage RESPONSES_USAGE = new Usage(12, 7, 5, 3, 2);

    /// Heap buffers, so that paranoid leak detection does not record every byte read; what is still
    /// in use is counted instead.
    private static final UnpooledByteBufAllocator BUFFERS = new UnpooledByteBufAllocator(false);

    private Streams() {}

    /// Bytes of buffers that nobody has released.
    static long bytesInUse() {
        return BUFFERS.metric().usedHeapMemory();
    }

    static String of(WireFormat format) {
        return switch (format) {
            case Messages, CountTokens -> MESSAGES;
            case ChatCompletions, Completions, Embeddings, Models -> CHAT;
            case Responses -> RESPONSES;
        };
    }

    static Usage usageOf(WireFormat format) {
        return switch (format) {
            case Messages, CountTokens -> MESSAGES_USAGE;
            case ChatCompletions, Completions, Embeddings, Models -> CHAT_USAGE;
            case Responses -> RESPONSES_USAGE;
        };
    }

    /// Feeds the text in pieces and gives what came out; each buffer is checked to be released.
    static String pass(ReplyTap tap, String text, int... cuts) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int cut : cuts) {
            feed(tap, bytes, from, Math.min(cut, bytes.length), out);
            from = Math.min(cut, bytes.length);
        }
        feed(tap, bytes, from, bytes.length, out);
        return out.toString(UTF_8);
    }

    private static void feed(
            ReplyTap tap, byte[] bytes, int from, int end, ByteArrayOutputStream out) {
        // Room before the bytes, so that nobody counts from index 0.
        ByteBuf payload = BUFFERS.buffer();
        payload.writeZero(3).skipBytes(3).writeBytes(bytes, from, end - from);
        drain(tap.pass(payload), out);
        if (payload.refCnt() != 0) {
            throw new AssertionError("the payload leaks");
        }
    }

    static String drained(ByteBuf buffer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        drain(buffer, out);
        return out.toString(UTF_8);
    }

    private static void drain(ByteBuf passed, ByteArrayOutputStream out) {
        try {
            passed.readBytes(out, passed.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        passed.release();
    }
}

package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// One block of a stream while it is open: what its frames begin with is made once.
final class StreamBlock {
    private static final byte[] DELTA_END = bytes("\"}}\n\n");

    private final int number;
    private final int index;
    private final Block kind;
    private final byte[] deltaStart;
    private final CRC32 hash = new CRC32();
    private Slice signature = Slice.EMPTY;

    /// @param number of the reply's block
    /// @param index the client counts with
    StreamBlock(int number, int index, Block kind) {
        this.number = number;
        this.index = index;
        this.kind = kind;
        this.deltaStart = deltaStart(deltaOf(kind));
    }

    int number() {
        return number;
    }

    private static String deltaOf(Block kind) {
        return switch (kind) {
            case Block.Text _, Block.Redacted _, Block.ServerTool _, Block.Other _ ->
                    "\"text_delta\",\"text\":\"";
            case Block.Thinking _ -> "\"thinking_delta\",\"thinking\":\"";
            case Block.ToolCall _, Block.CustomCall _ -> "\"input_json_delta\",\"partial_json\":\"";
        };
    }

    private byte[] deltaStart(String delta) {
        return bytes(
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"
                        + index
                        + ",\"delta\":{\"type\":"
                        + delta);
    }

    void open(JsonBytes out) {
        out.ascii("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":");
        out.number(index).ascii(",\"content_block\":");
        switch (kind) {
            case Block.Text _, Block.ServerTool _, Block.Other _ ->
                    out.ascii("{\"type\":\"text\",\"text\":\"\",\"citations\":null}");
            case Block.Thinking _ ->
                    out.ascii("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
            case Block.Redacted(Slice data) ->
                    out.ascii("{\"type\":\"redacted_thinking\",\"data\":\"").raw(data).ascii("\"}");
            case Block.ToolCall(String id, String name) -> call(id, name, out);
            case Block.CustomCall(String id, String name) -> call(id, name, out);
        }
        out.ascii("}\n\n");
        if (kind instanceof Block.CustomCall) {
            out.raw(deltaStart).ascii("{\\\"input\\\":\\\"").raw(DELTA_END);
        }
    }

    private static void call(String id, String name, JsonBytes out) {
        out.ascii("{\"type\":\"tool_use\",\"id\":\"").raw(JsonText.escapedBytes(id));
        out.ascii("\",\"name\":\"").raw(JsonText.escapedBytes(name));
        out.ascii("\",\"input\":{},\"caller\":{\"type\":\"direct\"}}");
    }

    void delta(Slice text, JsonBytes out) {
        out.raw(deltaStart);
        if (kind instanceof Block.CustomCall) {
            JsonEscapes.escape(text, out);
        } else {
            out.raw(text);
        }
        if (kind instanceof Block.Thinking) {
            hash.update(text.bytes(), text.from(), text.length());
        }
        out.raw(DELTA_END);
    }

    /// Kept to the end: of several frames with a signature the SDKs would keep the last.
    void signature(Slice whole) {
        signature = whole.copy();
    }

    void close(JsonBytes out) {
        if (kind instanceof Block.Thinking) {
            out.ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",");
            out.ascii("\"index\":").number(index);
            out.ascii(",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"");
            if (signature.isEmpty()) {
                MessageParts.unsigned(hash.getValue(), out);
            } else {
                out.raw(signature);
            }
            out.raw(DELTA_END);
        } else if (kind instanceof Block.CustomCall) {
            out.raw(deltaStart).ascii("\\\"}").raw(DELTA_END);
        }
        out.ascii("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":");
        out.number(index).ascii("}\n\n");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.Slice;
import java.util.zip.CRC32;

/// One block of a document, put together from its deltas.
final class ReplyBlock {
    private final int number;
    private final Block kind;
    private final JsonBytes text = new JsonBytes();
    private Slice signature = Slice.EMPTY;

    ReplyBlock(int number, Block kind) {
        this.number = number;
        this.kind = kind;
    }

    int number() {
        return number;
    }

    void delta(Slice piece) {
        text.raw(piece);
    }

    void signature(Slice whole) {
        signature = whole.copy();
    }

    /// @param losses is told when arguments are no JSON
    void write(ReplyLosses losses, JsonBytes out) {
        switch (kind) {
            case Block.Text _, Block.ServerTool _, Block.Other _ ->
                    out.ascii("{\"type\":\"text\",\"text\":\"")
                            .raw(text.slice())
                            .ascii("\",\"citations\":null}");
            case Block.Thinking _ -> thinking(out);
            case Block.Redacted(Slice data) ->
                    out.ascii("{\"type\":\"redacted_thinking\",\"data\":\"").raw(data).ascii("\"}");
            case Block.ToolCall(String id, String name) -> {
                call(id, name, out);
                arguments(losses, out);
                out.ascii(",\"caller\":{\"type\":\"direct\"}}");
            }
            case Block.CustomCall(String id, String name) -> {
                call(id, name, out);
                out.ascii("{\"input\":\"").raw(text.slice()).ascii("\"}");
                out.ascii(",\"caller\":{\"type\":\"direct\"}}");
            }
        }
    }

    private void thinking(JsonBytes out) {
        Slice thought = text.slice();
        out.ascii("{\"type\":\"thinking\",\"thinking\":\"").raw(thought);
        out.ascii("\",\"signature\":\"");
        if (signature.isEmpty()) {
            CRC32 hash = new CRC32();
            hash.update(thought.bytes(), thought.from(), thought.length());
            MessageParts.unsigned(hash.getValue(), out);
        } else {
            out.raw(signature);
        }
        out.ascii("\"}");
    }

    private static void call(String id, String name, JsonBytes out) {
        out.ascii("{\"type\":\"tool_use\",\"id\":\"").raw(JsonText.escapedBytes(id));
        out.ascii("\",\"name\":\"").raw(JsonText.escapedBytes(name)).ascii("\",\"input\":");
    }

    /// Arguments that are no JSON are shown as they are, under a name of their own.
    private void arguments(ReplyLosses losses, JsonBytes out) {
        Slice escaped = text.slice();
        if (escaped.isBlank()) {
            out.ascii("{}");
            return;
        }
        int start = out.length();
        JsonEscapes.unescape(escaped, out);
        if (!isJson(out.slice(start))) {
            losses.lost("content", "the arguments of a call are no JSON, shown as _raw");
            out.cut(start);
            out.ascii("{\"_raw\":\"").raw(escaped).ascii("\"}");
        }
    }

    private static boolean isJson(Slice text) {
        try {
            JsonCursor json = JsonCursor.of(text);
            json.skip();
            json.end();
            return true;
        } catch (MalformedJson broken) {
            return false;
        }
    }
}

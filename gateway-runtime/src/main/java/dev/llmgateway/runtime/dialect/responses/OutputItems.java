package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.dialect.translation.TokenList;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The items of one reply, made of its blocks: texts in a row are one message, thoughts in a row
/// one reasoning item, each call an item of its own.
final class OutputItems {
    private final AskedResponse asked;
    private final boolean customTools;
    private final Origin origin;
    private final ItemEvents events;
    private final ReplyLosses losses;
    private final List<OutputItem> items = new ArrayList<>(4);

    /// By the numbers of their blocks; null: nothing is shown of it, or it is closed.
    private final List<@Nullable OutputPart> parts = new ArrayList<>(4);

    /// Of the text that comes next.
    private final TokenList likely = new TokenList();

    private String reply = "";
    private @Nullable OutputItem run;

    OutputItems(
            AskedResponse asked,
            boolean customTools,
            Origin origin,
            ItemEvents events,
            ReplyLosses losses) {
        this.asked = asked;
        this.customTools = customTools;
        this.origin = origin;
        this.events = events;
        this.losses = losses;
    }

    /// @param id the reply's, without its prefix
    void start(String id) {
        reply = id;
    }

    void open(int block, Block kind, JsonBytes out) {
        switch (kind) {
            case Block.Text _ -> put(block, text(out));
            case Block.Thinking _ ->
                    put(block, run(ItemKind.Reasoning, out).part(false, events, out));
            case Block.Redacted(Slice data) -> {
                run(ItemKind.Reasoning, out).thoughts().redacted(data);
                put(block, null);
            }
            case Block.ToolCall(String id, String name) -> {
                DeclaredTool tool = asked.tool(name);
                put(block, call(ItemKind.of(tool.form()), id, tool, out).part(false, events, out));
            }
            case Block.CustomCall(String id, String name) -> {
                ItemKind form = customTools ? ItemKind.Custom : ItemKind.Function;
                OutputPart part =
                        call(form, id, asked.tool(name), out).part(!customTools, events, out);
                put(block, part);
                if (part.wrapped()) {
                    part.add("{\\\"input\\\":\\\"", events, out);
                }
            }
            case Block.ServerTool(String type, Slice json) ->
                    put(block, search(SearchCall.read(type, json), out));
            case Block.Other _ -> put(block, null);
        }
    }

    /// Part that the call's input goes to; null: there is nothing more to come.
    private @Nullable OutputPart search(SearchCall search, JsonBytes out) {
        if (search.called()) {
            endRun(out);
            ItemCall call = new ItemCall(search.id(), "", "");
            OutputPart part = add(ItemKind.WebSearch, call, out).part(false, events, out);
            if (!search.input().isEmpty()) {
                part.delta(search.input(), events, out);
            }
            return part;
        }
        for (OutputItem item : items) {
            if (isOpenSearch(item) && item.call().id().equals(search.id())) {
                item.found(search);
                item.end(origin, events, out);
            }
        }
        return null;
    }

    private static boolean isOpenSearch(OutputItem item) {
        return item.kind() == ItemKind.WebSearch && item.done() == null;
    }

    private OutputPart text(JsonBytes out) {
        return run(ItemKind.Message, out).part(false, events, out);
    }

    private void put(int block, @Nullable OutputPart part) {
        while (parts.size() <= block) {
            parts.add(null);
        }
        parts.set(block, part);
    }

    /// The item that blocks of a kind in a row share.
    private OutputItem run(ItemKind kind, JsonBytes out) {
        OutputItem current = run;
        if (current != null && current.kind() == kind) {
            return current;
        }
        endRun(out);
        OutputItem item = add(kind, ItemCall.NONE, out);
        run = item;
        return item;
    }

    private void endRun(JsonBytes out) {
        OutputItem current = run;
        if (current != null) {
            run = null;
            current.end(origin, events, out);
        }
    }

    private OutputItem call(ItemKind kind, String id, DeclaredTool tool, JsonBytes out) {
        endRun(out);
        return add(kind, new ItemCall(id, tool.namespace(), tool.name()), out);
    }

    private OutputItem add(ItemKind kind, ItemCall call, JsonBytes out) {
        OutputItem item = new OutputItem(kind, items.size(), reply, call);
        items.add(item);
        item.added(events, out);
        return item;
    }

    private @Nullable OutputPart at(int block) {
        return block < parts.size() ? parts.get(block) : null;
    }

    void delta(int block, Slice text, JsonBytes out) {
        OutputPart part = at(block);
        if (part == null || text.isEmpty()) {
            return;
        }
        if (!likely.isEmpty() && part.item().kind() == ItemKind.Message) {
            part.likelyDelta(text, likely, events, out);
            likely.clear();
        } else {
            part.delta(text, events, out);
        }
    }

    void likely(Slice tokens) {
        likely.add(tokens);
    }

    void sign(int block, Slice signature) {
        OutputPart part = at(block);
        if (part != null && part.item().kind() == ItemKind.Reasoning) {
            part.item().thoughts().signed(part.text(), signature);
        }
    }

    void cite(int block, Slice citation) {
        OutputPart part = at(block);
        if (part != null) {
            part.cite(citation);
        }
    }

    void close(int block, JsonBytes out) {
        OutputPart part = at(block);
        if (part == null) {
            return;
        }
        parts.set(block, null);
        OutputItem item = part.item();
        switch (item.kind()) {
            case Message, Reasoning -> {
                if (part.citations().lost()) {
                    losses.lost("annotations", "citations of documents have no form in Responses");
                }
            }
            case Function, Shell, LocalShell, ApplyPatch -> {
                if (part.wrapped()) {
                    part.add("\\\"}", events, out);
                } else if (part.text().isEmpty()) {
                    part.add("{}", events, out);
                }
                item.end(origin, events, out);
            }
            case Custom -> item.end(origin, events, out);
            case WebSearch -> {
                // Goes on until its result is there.
            }
        }
        item.close(part, origin, events, out);
    }

    /// @param explanation escaped; empty: nothing was refused
    void finish(Slice explanation, JsonBytes out) {
        if (!explanation.isEmpty()) {
            run(ItemKind.Message, out).refuse(explanation, events, out);
        }
        endRun(out);
        for (OutputItem item : items) {
            if (isOpenSearch(item)) {
                item.end(origin, events, out);
            }
        }
    }

    /// Whether anything was said, so that a refusal has words already.
    boolean said() {
        return items.stream().anyMatch(item -> item.kind() == ItemKind.Message);
    }

    /// The items that are done, as a JSON list.
    void write(JsonBytes out) {
        out.arrayStart();
        for (OutputItem item : items) {
            Slice done = item.done();
            if (done != null) {
                out.json(done);
            }
        }
        out.arrayEnd();
    }
}

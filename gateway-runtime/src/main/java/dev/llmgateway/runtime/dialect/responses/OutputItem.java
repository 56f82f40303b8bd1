package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One item of a reply's output, from its `added` to its `done`. It is done when it was ended and
/// none of its parts is open any more.
final class OutputItem {
    private final ItemKind kind;
    private final int index;
    private final String id;
    private final ItemCall call;
    private final List<OutputPart> parts = new ArrayList<>(1);
    private final ThoughtList thoughts = new ThoughtList();
    private Slice refusal = Slice.EMPTY;
    private Slice sources = Slice.EMPTY;
    private boolean failed;
    private int open;
    private boolean ended;
    private @Nullable Slice done;

    /// @param reply the reply's id without its prefix
    /// @param call [ItemCall#NONE]: it is none
    OutputItem(ItemKind kind, int index, String reply, ItemCall call) {
        this.kind = kind;
        this.index = index;
        this.id = kind.prefix() + reply + "_" + index;
        this.call = call;
    }

    ItemKind kind() {
        return kind;
    }

    int index() {
        return index;
    }

    String id() {
        return id;
    }

    ItemCall call() {
        return call;
    }

    List<OutputPart> parts() {
        return parts;
    }

    ThoughtList thoughts() {
        return thoughts;
    }

    /// Escaped; empty: nothing was refused.
    Slice refusal() {
        return refusal;
    }

    /// A list of what a search has found; empty: nothing was told.
    Slice sources() {
        return sources;
    }

    boolean failed() {
        return failed;
    }

    /// What came of a search.
    void found(SearchCall result) {
        sources = result.sources();
        failed = result.failed();
    }

    /// The whole item once it is done, else null.
    @Nullable Slice done() {
        return done;
    }

    /// Whether its arguments are told at the end only: their shape is another there.
    boolean silent() {
        return switch (kind) {
            case Shell, LocalShell, ApplyPatch, WebSearch -> true;
            case Message, Reasoning, Function, Custom -> false;
        };
    }

    void added(ItemEvents events, JsonBytes out) {
        events.start("response.output_item.added", out).member("output_index", index).name("item");
        ItemJson.begun(this, out);
        events.end(out);
        if (kind == ItemKind.WebSearch) {
            PartEvents.search(this, "response.web_search_call.in_progress", events, out);
            PartEvents.search(this, "response.web_search_call.searching", events, out);
        }
    }

    /// Opens a text of it.
    OutputPart part(boolean wrapped, ItemEvents events, JsonBytes out) {
        OutputPart part = PartEvents.part(this, parts.size(), wrapped);
        parts.add(part);
        open++;
        if (kind != ItemKind.Reasoning) {
            part.tellOfIt(events, out);
        }
        return part;
    }

    void close(OutputPart part, Origin origin, ItemEvents events, JsonBytes out) {
        open--;
        if (part.told()) {
            PartEvents.done(part, events, out);
        } else if (kind == ItemKind.Reasoning) {
            parts.remove(part);
        }
        settle(origin, events, out);
    }

    /// The explanation of why the model refuses, as a last part.
    void refuse(Slice explanation, ItemEvents events, JsonBytes out) {
        refusal = explanation;
        PartEvents.refusal(this, parts.size(), events, out);
    }

    /// Nothing more belongs to it but what is open.
    void end(Origin origin, ItemEvents events, JsonBytes out) {
        ended = true;
        settle(origin, events, out);
    }

    private void settle(Origin origin, ItemEvents events, JsonBytes out) {
        if (!ended || open > 0 || done != null) {
            return;
        }
        if (kind == ItemKind.WebSearch) {
            PartEvents.search(this, "response.web_search_call.completed", events, out);
        }
        JsonBytes whole = new JsonBytes();
        ItemJson.whole(this, origin, whole);
        Slice finished = whole.slice().copy();
        done = finished;
        parts.clear();
        events.start("response.output_item.done", out).member("output_index", index);
        out.name("item").json(finished);
        events.end(out);
    }
}

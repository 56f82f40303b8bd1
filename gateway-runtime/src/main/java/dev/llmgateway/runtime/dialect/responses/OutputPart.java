package dev.llmgateway.runtime.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.translation.TokenList;
import dev.llmgateway.runtime.model.Slice;

/// One text of an item while it grows: a part of a message, a piece of a summary, arguments. What
/// its frames begin and end with is made once; the text is kept, since the format's last events
/// repeat it.
final class OutputPart {
    private final OutputItem item;
    private final int index;
    private final boolean wrapped;
    private final byte[] deltaStart;
    private final byte[] deltaEnd;
    private final JsonBytes text = new JsonBytes();
    private boolean told;
    private Citations citations = Citations.NONE;
    private final TokenList tokens = new TokenList();

    /// @param place members that say where it stands, behind a comma
    /// @param wrapped free text for a client that knows no custom tools: it becomes the one member
    ///   of an object
    OutputPart(OutputItem item, int index, boolean wrapped, String type, String place, String end) {
        this.item = item;
        this.index = index;
        this.wrapped = wrapped;
        this.deltaStart = (ItemEvents.opening(type) + place + ",\"delta\":\"").getBytes(UTF_8);
        this.deltaEnd = end.getBytes(UTF_8);
    }

    OutputItem item() {
        return item;
    }

    int index() {
        return index;
    }

    /// Escaped.
    Slice text() {
        return text.slice();
    }

    Citations citations() {
        return citations;
    }

    void cite(Slice citation) {
        if (citations == Citations.NONE) {
            citations = new Citations();
        }
        citations.add(citation);
    }

    /// How likely its tokens were.
    TokenList tokens() {
        return tokens;
    }

    /// More of a message's text, whose probabilities are known.
    void likelyDelta(Slice piece, TokenList likely, ItemEvents events, JsonBytes out) {
        text.raw(piece);
        tellOfIt(events, out);
        out.raw(deltaStart).raw(piece).ascii("\"").name("logprobs");
        likely.write(out);
        events.end(out);
        JsonBytes list = new JsonBytes();
        likely.write(list);
        tokens.add(list.slice());
    }

    void delta(Slice piece, ItemEvents events, JsonBytes out) {
        if (!wrapped) {
            text.raw(piece);
            tell(piece, events, out);
            return;
        }
        int start = text.length();
        JsonEscapes.escape(piece, text);
        tell(text.slice(start), events, out);
    }

    /// Adds what the text lacks at its start or end.
    void add(String ascii, ItemEvents events, JsonBytes out) {
        text.ascii(ascii);
        tell(text.slice(text.length() - ascii.length()), events, out);
    }

    private void tell(Slice piece, ItemEvents events, JsonBytes out) {
        if (item.silent()) {
            return;
        }
        tellOfIt(events, out);
        out.raw(deltaStart).raw(piece).raw(deltaEnd);
        events.end(out);
    }

    /// Tells the client that it is there, once; of a thought only when it has words.
    void tellOfIt(ItemEvents events, JsonBytes out) {
        if (!told) {
            told = true;
            PartEvents.added(this, events, out);
        }
    }

    /// Whether the client knows of it.
    boolean told() {
        return told;
    }

    boolean wrapped() {
        return wrapped;
    }
}

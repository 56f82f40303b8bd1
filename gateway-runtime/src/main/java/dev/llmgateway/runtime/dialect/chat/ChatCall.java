package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.model.Slice;

/// A tool call in a Chat reply: its place among the calls, and what its pieces become.
final class ChatCall {
    /// How the call looks to the client.
    enum Form {
        Function,
        Custom,
        /// A custom call for a client that knows functions only: its text is the one argument.
        Wrapped
    }

    private static final byte[] WRAP = "{\\\"input\\\":\\\"".getBytes(US_ASCII);
    private static final byte[] UNWRAP = "\\\"}".getBytes(US_ASCII);
    private static final byte[] NO_ARGUMENTS = {'{', '}'};

    private final int ordinal;
    private final String id;
    private final String name;
    private final Form form;
    private boolean told;

    ChatCall(int ordinal, String id, String name, Form form) {
        this.ordinal = ordinal;
        this.id = id;
        this.name = name;
        this.form = form;
    }

    /// Among the calls of the reply, from 0.
    int ordinal() {
        return ordinal;
    }

    Form form() {
        return form;
    }

    private String kind() {
        return form == Form.Custom ? "custom" : "function";
    }

    private String argument() {
        return form == Form.Custom ? "input" : "arguments";
    }

    /// Adds the call's members up to the open string of its arguments.
    void open(JsonBytes out) {
        out.member("id", id).member("type", kind()).name(kind()).objectStart();
        out.member("name", name).name(argument()).raw((byte) '"');
    }

    /// What the arguments begin with, escaped.
    void begin(JsonBytes out) {
        if (form == Form.Wrapped) {
            out.raw(WRAP);
        }
    }

    void more(Slice piece, JsonBytes out) {
        told = true;
        if (form == Form.Wrapped) {
            JsonEscapes.escape(piece, out);
        } else {
            out.raw(piece);
        }
    }

    /// Whether [#end] adds something.
    boolean lacksEnd() {
        return form == Form.Wrapped || (form == Form.Function && !told);
    }

    /// What the arguments end with: clients parse them, and nothing is no JSON.
    void end(JsonBytes out) {
        if (form == Form.Wrapped) {
            out.raw(UNWRAP);
        } else if (lacksEnd()) {
            out.raw(NO_ARGUMENTS);
        }
    }
}

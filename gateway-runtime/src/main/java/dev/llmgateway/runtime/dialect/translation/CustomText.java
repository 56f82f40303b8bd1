package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// The text inside `{"input":"…"}`, one level of escapes less; what has another shape is the text.
/// What follows the text's closing quote is left out: the first piece is with the client long
/// before.
final class CustomText implements TextFilter {
    private static final int DIGITS = 4;

    private enum Stage {
        Prefix,
        Text,
        Escape,
        Unicode,
        Done,
        Raw
    }

    private final EscapeBorder border = new EscapeBorder();
    private final EscapeBorder outBorder = new EscapeBorder();
    private final WrappedPrefix prefix = new WrappedPrefix("input", "\"");
    private final JsonBytes out = new JsonBytes();
    private final JsonBytes digits = new JsonBytes();
    private Stage stage = Stage.Prefix;

    @Override
    public void delta(ReplyEvent.Delta delta, Consumer<ReplyEvent> next) {
        Slice text = border.next(delta.text());
        switch (stage) {
            case Prefix -> begin(delta, text, next);
            case Text, Escape, Unicode -> text(delta, text, 0, next);
            case Done -> {}
            case Raw -> TextFilter.tell(delta, text, next);
        }
    }

    private void begin(ReplyEvent.Delta delta, Slice text, Consumer<ReplyEvent> next) {
        int at = prefix.scan(text);
        if (prefix.isOther()) {
            stage = Stage.Raw;
            TextFilter.tell(delta.block(), prefix.seen(), next);
        } else if (at >= 0) {
            stage = Stage.Text;
            text(delta, text, at, next);
        }
    }

    private void text(ReplyEvent.Delta delta, Slice text, int from, Consumer<ReplyEvent> next) {
        if (from == 0 && stage == Stage.Text && outBorder.holdsNothing() && isPlain(text)) {
            TextFilter.tell(delta, text, next);
            return;
        }
        out.clear();
        int at = from;
        while (at < text.length() && stage != Stage.Done) {
            int length = EscapedUnit.length(text, at);
            at += unit(text, at, length) ? length : 0;
        }
        TextFilter.tell(delta.block(), outBorder.next(out.slice()), next);
    }

    private static boolean isPlain(Slice text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) == '\\' || text.at(i) == '"') {
                return false;
            }
        }
        return true;
    }

    /// @return whether the unit is done with
    private boolean unit(Slice text, int at, int length) {
        int meaning = EscapedUnit.meaning(text, at);
        Slice unit = text.part(at, at + length);
        switch (stage) {
            case Text -> {
                switch (meaning) {
                    case '"' -> stage = Stage.Done;
                    case '\\' -> stage = Stage.Escape;
                    default -> out.raw(unit);
                }
            }
            case Escape -> escape(meaning, unit);
            case Unicode -> {
                return digit(meaning);
            }
            case Prefix, Done, Raw -> {}
        }
        return true;
    }

    /// Behind a backslash of the inner text: one that JSON does not have stands for itself.
    private void escape(int meaning, Slice unit) {
        stage = Stage.Text;
        if (meaning == 'u') {
            stage = Stage.Unicode;
            digits.clear();
        } else if ("\"\\/bfnrt".indexOf(meaning) >= 0) {
            out.raw((byte) '\\').raw((byte) meaning);
        } else {
            out.ascii("\\\\").raw(unit);
        }
    }

    private boolean digit(int meaning) {
        boolean hex = meaning < 0x80 && Character.digit(meaning, 16) >= 0;
        if (hex) {
            digits.raw((byte) meaning);
        }
        if (!hex || digits.length() == DIGITS) {
            out.ascii(hex ? "\\u" : "\\\\u").raw(digits.slice());
            stage = Stage.Text;
        }
        return hex;
    }

    @Override
    public void end(int block, Consumer<ReplyEvent> next) {
        switch (stage) {
            case Prefix -> {
                TextFilter.tell(block, prefix.seen(), next);
                TextFilter.tell(block, border.rest(), next);
            }
            case Raw -> TextFilter.tell(block, border.rest(), next);
            case Text, Escape, Unicode, Done -> TextFilter.tell(block, outBorder.rest(), next);
        }
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// The text inside `{"input":"…"}`, one level of escapes less. What follows the text's closing
/// quote is left out: the first piece is with the client long before.
final class CustomText implements Unwrapping.Inside {
    private static final int DIGITS = 4;

    private enum Stage {
        Text,
        Escape,
        Unicode,
        Done
    }

    private final EscapeBorder outBorder = new EscapeBorder();
    private final JsonBytes out = new JsonBytes();
    private final JsonBytes digits = new JsonBytes();
    private Stage stage = Stage.Text;

    @Override
    public void more(ReplyEvent.Delta delta, Slice text, Consumer<ReplyEvent> next) {
        if (stage == Stage.Done) {
            return;
        }
        if (stage == Stage.Text && outBorder.holdsNothing() && isPlain(text)) {
            TextFilter.tell(delta, text, next);
            return;
        }
        out.clear();
        int at = 0;
        while (at < text.length() && stage != Stage.Done) {
            Slice unit = text.part(at, at + EscapedUnit.length(text, at));
            at += unit(EscapedUnit.meaning(text, at), unit) ? unit.length() : 0;
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
    private boolean unit(int meaning, Slice unit) {
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
            case Done -> {}
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
    public void end(int block, Slice rest, Consumer<ReplyEvent> next) {
        TextFilter.tell(block, outBorder.rest(), next);
        if (stage == Stage.Text) {
            TextFilter.tell(block, rest, next);
        }
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// The arguments inside `{"value": …}`; what has another shape passes as it is.
final class UnwrappedValue implements TextFilter {
    private enum Stage {
        Prefix,
        Value,
        Done,
        Raw
    }

    private final EscapeBorder border = new EscapeBorder();
    private final WrappedPrefix prefix = new WrappedPrefix("value", "");
    private Stage stage = Stage.Prefix;
    private int depth;
    private boolean string;
    private boolean escaped;
    private boolean started;

    @Override
    public void delta(ReplyEvent.Delta delta, Consumer<ReplyEvent> next) {
        Slice text = border.next(delta.text());
        switch (stage) {
            case Prefix -> begin(delta, text, next);
            case Value -> value(delta, text, 0, next);
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
            stage = Stage.Value;
            value(delta, text, at, next);
        }
    }

    private void value(ReplyEvent.Delta delta, Slice text, int from, Consumer<ReplyEvent> next) {
        int end = from;
        while (end < text.length() && stage == Stage.Value) {
            int meaning = EscapedUnit.meaning(text, end);
            boolean belongs = string ? inString(meaning) : outside(meaning);
            end += belongs ? EscapedUnit.length(text, end) : 0;
        }
        boolean whole = from == 0 && end == text.length();
        TextFilter.tell(delta, whole ? text : text.part(from, end), next);
    }

    private boolean inString(int meaning) {
        if (escaped) {
            escaped = false;
        } else if (meaning == '\\') {
            escaped = true;
        } else if (meaning == '"') {
            string = false;
            endAtTop();
        }
        return true;
    }

    /// @return whether the unit belongs to the value
    private boolean outside(int meaning) {
        boolean closes = meaning == '}' || meaning == ']';
        boolean stops = closes || meaning == ',' || (WrappedPrefix.isBlank(meaning) && started);
        if (depth == 0 && stops) {
            stage = Stage.Done;
            return false;
        }
        started |= !WrappedPrefix.isBlank(meaning);
        if (meaning == '"') {
            string = true;
        } else if (meaning == '{' || meaning == '[') {
            depth++;
        } else if (closes) {
            depth--;
            endAtTop();
        }
        return true;
    }

    private void endAtTop() {
        if (depth == 0) {
            stage = Stage.Done;
        }
    }

    @Override
    public void end(int block, Consumer<ReplyEvent> next) {
        if (stage == Stage.Prefix) {
            TextFilter.tell(block, prefix.seen(), next);
        }
        if (stage != Stage.Done) {
            TextFilter.tell(block, border.rest(), next);
        }
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// The arguments inside `{"value": …}`. What follows the value is left out: its start is with the
/// client long before.
final class UnwrappedValue implements Unwrapping.Inside {
    private int depth;
    private boolean string;
    private boolean escaped;
    private boolean started;
    private boolean done;

    @Override
    public void more(ReplyEvent.Delta delta, Slice text, Consumer<ReplyEvent> next) {
        if (done) {
            return;
        }
        int start = 0;
        while (!started && start < text.length() && isBlank(text, start)) {
            start += EscapedUnit.length(text, start);
        }
        int end = start;
        while (end < text.length() && !done) {
            int meaning = EscapedUnit.meaning(text, end);
            boolean belongs = string ? inString(meaning) : outside(meaning);
            end += belongs ? EscapedUnit.length(text, end) : 0;
        }
        boolean whole = start == 0 && end == text.length();
        TextFilter.tell(delta, whole ? text : text.part(start, end), next);
    }

    private static boolean isBlank(Slice text, int at) {
        return WrappedPrefix.isBlank(EscapedUnit.meaning(text, at));
    }

    private boolean inString(int meaning) {
        if (escaped) {
            escaped = false;
        } else if (meaning == '\\') {
            escaped = true;
        } else if (meaning == '"') {
            string = false;
            done = depth == 0;
        }
        return true;
    }

    /// @return whether the unit belongs to the value
    private boolean outside(int meaning) {
        boolean closes = meaning == '}' || meaning == ']';
        boolean stops = closes || meaning == ',' || WrappedPrefix.isBlank(meaning);
        if (depth == 0 && stops) {
            done = true;
            return false;
        }
        started = true;
        if (meaning == '"') {
            string = true;
        } else if (meaning == '{' || meaning == '[') {
            depth++;
        } else if (closes) {
            depth--;
            done = depth == 0;
        }
        return true;
    }

    @Override
    public void end(int block, Slice rest, Consumer<ReplyEvent> next) {
        if (!done) {
            TextFilter.tell(block, rest, next);
        }
    }
}

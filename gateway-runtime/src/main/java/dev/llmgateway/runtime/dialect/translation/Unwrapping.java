package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Looks for `{"<name>":` at the start of a block's text and gives what follows to one who reads
/// it; a text that starts in another way passes as it is.
final class Unwrapping implements TextFilter {
    /// Reads what follows the prefix, in pieces that end with a character.
    interface Inside {
        /// @param text of the delta, or its rest behind the prefix
        void more(ReplyEvent.Delta delta, Slice text, Consumer<ReplyEvent> next);

        /// The block closes.
        ///
        /// @param rest half a character, which nothing has followed
        void end(int block, Slice rest, Consumer<ReplyEvent> next);
    }

    private enum Stage {
        Prefix,
        Inside,
        Other
    }

    private final EscapeBorder border = new EscapeBorder();
    private final WrappedPrefix prefix;
    private final Inside inside;
    private Stage stage = Stage.Prefix;

    private Unwrapping(WrappedPrefix prefix, Inside inside) {
        this.prefix = prefix;
        this.inside = inside;
    }

    /// The free text in `{"input":"…"}`.
    static TextFilter input() {
        return new Unwrapping(new WrappedPrefix("input", "\""), new CustomText());
    }

    /// The arguments in `{"value": …}`.
    static TextFilter value() {
        return new Unwrapping(new WrappedPrefix("value", ""), new UnwrappedValue());
    }

    @Override
    public void delta(ReplyEvent.Delta delta, Consumer<ReplyEvent> next) {
        Slice text = border.next(delta.text());
        switch (stage) {
            case Prefix -> begin(delta, text, next);
            case Inside -> inside.more(delta, text, next);
            case Other -> TextFilter.tell(delta, text, next);
        }
    }

    private void begin(ReplyEvent.Delta delta, Slice text, Consumer<ReplyEvent> next) {
        int at = prefix.scan(text);
        if (prefix.isOther()) {
            stage = Stage.Other;
            TextFilter.tell(delta.block(), prefix.seen(), next);
        } else if (at >= 0) {
            stage = Stage.Inside;
            inside.more(delta, text.part(at, text.length()), next);
        }
    }

    @Override
    public void end(int block, Consumer<ReplyEvent> next) {
        switch (stage) {
            case Prefix -> {
                TextFilter.tell(block, prefix.seen(), next);
                TextFilter.tell(block, border.rest(), next);
            }
            case Inside -> inside.end(block, border.rest(), next);
            case Other -> TextFilter.tell(block, border.rest(), next);
        }
    }
}

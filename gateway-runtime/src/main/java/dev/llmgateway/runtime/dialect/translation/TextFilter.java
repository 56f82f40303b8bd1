package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Changes the text of one block on its way.
interface TextFilter {
    void delta(ReplyEvent.Delta delta, Consumer<ReplyEvent> next);

    /// The block closes: passes on what was held back.
    void end(int block, Consumer<ReplyEvent> next);

    /// Passes on a text; the same event when nothing of it has changed.
    @SuppressWarnings("ReferenceEquality") // the very same text, without comparing its bytes
    static void tell(ReplyEvent.Delta delta, Slice text, Consumer<ReplyEvent> next) {
        if (text == delta.text()) {
            next.accept(delta);
        } else {
            tell(delta.block(), text, next);
        }
    }

    static void tell(int block, Slice text, Consumer<ReplyEvent> next) {
        if (!text.isEmpty()) {
            next.accept(new ReplyEvent.Delta(block, text));
        }
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls of tools that the upstream was told of in another shape get the shape back that the client
/// knows: free text where it was asked for an object with one `input`, and the bare arguments where
/// their schema was wrapped, since its root was a choice.
final class ShapeRestorer implements Consumer<ReplyEvent> {
    private final Set<String> wrapped;
    private final Set<String> custom;
    private final Consumer<ReplyEvent> next;
    private final PerBlock<TextFilter> filters = new PerBlock<>();

    /// @param wrapped names as the client knows them; so are those of `custom`
    ShapeRestorer(Set<String> wrapped, Set<String> custom, Consumer<ReplyEvent> next) {
        this.wrapped = wrapped;
        this.custom = custom;
        this.next = next;
    }

    @Override
    public void accept(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Open open -> next.accept(opened(open));
            case ReplyEvent.Delta delta -> {
                @Nullable TextFilter filter = filters.at(delta.block());
                if (filter == null) {
                    next.accept(delta);
                } else {
                    filter.delta(delta, next);
                }
            }
            case ReplyEvent.Close close -> {
                @Nullable TextFilter filter = filters.at(close.block());
                if (filter != null) {
                    filter.end(close.block(), next);
                    filters.put(close.block(), null);
                }
                next.accept(close);
            }
            case ReplyEvent.Start _,
                    ReplyEvent.Probabilities _,
                    ReplyEvent.Signature _,
                    ReplyEvent.Citation _,
                    ReplyEvent.Finish _,
                    ReplyEvent.Fail _ ->
                    next.accept(event);
        }
    }

    private ReplyEvent opened(ReplyEvent.Open open) {
        if (!(open.kind() instanceof Block.ToolCall(String id, String name))) {
            return open;
        }
        if (custom.contains(name)) {
            filters.put(open.block(), Unwrapping.input());
            return new ReplyEvent.Open(open.block(), new Block.CustomCall(id, name));
        }
        if (wrapped.contains(name)) {
            filters.put(open.block(), Unwrapping.value());
        }
        return open;
    }
}

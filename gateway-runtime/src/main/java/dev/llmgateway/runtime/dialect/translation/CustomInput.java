package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls of custom tools that the upstream was told of as functions with one `input` become calls
/// ofn/// custom tools again.
public final class CustomInput implements Consumer<ReplyEvent> {
    private final Set<String> tools;
    private final Consumer<ReplyEvent> next;
    private final PerBlock<TextFilter> filters = new PerBlock<>();

    /// @param tools names as the client knows them
    public CustomInput(Set<String> tools, Consumer<ReplyEvent> next) {
        this.tools = Set.copyOf(tools);
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
                    ReplyEvent.Signature _,
                    ReplyEvent.Citation _,
                    ReplyEvent.Finish _,
                    ReplyEvent.Fail _ ->
                    next.accept(event);
        }
    }

    private ReplyEvent opened(ReplyEvent.Open open) {
        if (open.kind() instanceof Block.ToolCall call && tools.contains(call.name())) {
            filters.put(open.block(), new CustomText());
            return new ReplyEvent.Open(open.block(), new Block.CustomCall(call.id(), call.name()));
        }
        return open;
    }
}

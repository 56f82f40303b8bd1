package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.function.Consumer;

/// Calls of tools under an alias get the name back that the client knows.
public final class NameRestorer implements Consumer<ReplyEvent> {
    private final ToolNames names;
    private final Consumer<ReplyEvent> next;

    public NameRestorer(ToolNames names, Consumer<ReplyEvent> next) {
        this.names = names;
        this.next = next;
    }

    @Override
    public void accept(ReplyEvent event) {
        next.accept(event instanceof ReplyEvent.Open open ? restored(open) : event);
    }

    private ReplyEvent restored(ReplyEvent.Open open) {
        return switch (open.kind()) {
            case Block.ToolCall(String id, String name) ->
                    new ReplyEvent.Open(open.block(), new Block.ToolCall(id, names.original(name)));
            case Block.CustomCall(String id, String name) ->
                    new ReplyEvent.Open(
                            open.block(), new Block.CustomCall(id, names.original(name)));
            case Block.Text _,
                    Block.Thinking _,
                    Block.Redacted _,
                    Block.ServerTool _,
                    Block.Other _ ->
                    open;
        };
    }
}

package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ends a reply at a stop text that the upstream was not told of (translation.md 2.8). Only text
/// counts, neither thinking nor arguments; each block of text stands for itself. Held back is only
/// what a stop may start with.
///
/// The upstream tells what a reply costs at its end, which is not waited for. So that no such reply
/// is billed as nothing, what it did not tell at the start is estimated: tokens of the request, and
/// of all that the reply has said up to the stop.
final class StopEmulation implements Consumer<ReplyEvent> {
    private final List<StopText> stops;
    private final Consumer<ReplyEvent> next;
    private final PerBlock<StopSearch> searches = new PerBlock<>();
    private final List<Integer> open = new ArrayList<>();
    private final long input;
    private Usage usage = Usage.NONE;
    private long bytes;
    private boolean over;

    /// @param stops escaped
    /// @param input estimate of the request's tokens
    StopEmulation(List<Slice> stops, long input, Consumer<ReplyEvent> next) {
        this.stops = stops.stream().filter(stop -> !stop.isEmpty()).map(StopText::new).toList();
        this.input = input;
        this.next = next;
    }

    @Override
    public void accept(ReplyEvent event) {
        if (over) {
            return;
        }
        switch (event) {
            case ReplyEvent.Start start -> {
                usage = start.usage();
                next.accept(start);
            }
            case ReplyEvent.Open opened -> opened(opened);
            case ReplyEvent.Delta delta -> delta(delta);
            case ReplyEvent.Close close -> {
                rest(close.block());
                open.remove(Integer.valueOf(close.block()));
                next.accept(close);
            }
            case ReplyEvent.Fail fail -> {
                List.copyOf(open).forEach(this::rest);
                next.accept(fail);
            }
            case ReplyEvent.Probabilities _,
                    ReplyEvent.Signature _,
                    ReplyEvent.Citation _,
                    ReplyEvent.Finish _ ->
                    next.accept(event);
        }
    }

    private void opened(ReplyEvent.Open event) {
        open.add(event.block());
        if (event.kind() instanceof Block.Text) {
            searches.put(event.block(), new StopSearch(stops));
        }
        next.accept(event);
    }

    private void delta(ReplyEvent.Delta delta) {
        bytes += delta.text().length();
        @Nullable StopSearch search = searches.at(delta.block());
        if (search == null) {
            next.accept(delta);
            return;
        }
        TextFilter.tell(delta, search.next(delta.text()), next);
        @Nullable StopText found = search.found();
        if (found != null) {
            finish(found);
        }
    }

    private void finish(StopText found) {
        over = true;
        open.forEach(block -> next.accept(new ReplyEvent.Close(block)));
        next.accept(new ReplyEvent.Finish(StopReason.StopSequence, found.escaped(), usage()));
    }

    private Usage usage() {
        boolean told = usage.input() + usage.cacheRead() + usage.cacheWrite() > 0;
        long said = Math.max(1, TokenEstimate.text(bytes));
        return new Usage(
                told ? usage.input() : input,
                Math.max(usage.output(), said),
                usage.cacheRead(),
                usage.cacheWrite(),
                usage.reasoning());
    }

    private void rest(int block) {
        @Nullable StopSearch search = searches.at(block);
        if (search != null) {
            searches.put(block, null);
            TextFilter.tell(block, search.rest(), next);
        }
    }
}

package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.balance.RoundRobin;
import dev.llmgateway.runtime.balance.Strategy;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestConsumer;
import dev.llmgateway.runtime.transport.RequestHandler;
import dev.llmgateway.runtime.transport.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes one call of one part of the gateway go wrong: what a decision reads throws, or says
/// nothing, the n-th time it is asked. The parts are real ones, seen through these.
final class Sabotage {
    /// What can be made to fail.
    enum Part {
        Head,
        Chunk,
        Body,
        Clock,
        Selection
    }

    /// How it fails.
    enum Manner {
        Throws,
        SaysNothing
    }

    private static final Sabotage NONE = new Sabotage(Part.Clock, Manner.Throws, 0);

    private final Part part;
    private final Manner manner;
    private final AtomicInteger left;

    private Sabotage(Part part, Manner manner, int call) {
        this.part = part;
        this.manner = manner;
        this.left = new AtomicInteger(call);
    }

    /// Whether the sabotaged call was made.
    boolean happened() {
        return left.get() <= 0;
    }

    /// @return whether the call that is made now says nothing
    private boolean strikes(Part asked) {
        if (asked != part || left.getAndDecrement() != 1) {
            return false;
        }
        if (manner == Manner.Throws) {
            throw new IllegalStateException("sabotaged " + part);
        }
        return true;
    }

    /// Where the sabotage of the moment is set.
    static final class Site implements InstantSource, Strategy {
        private final Strategy strategy = new RoundRobin();
        private volatile Sabotage current = NONE;

        Sabotage next(Part part, Manner manner, int call) {
            Sabotage next = new Sabotage(part, manner, call);
            current = next;
            return next;
        }

        void calm() {
            current = NONE;
        }

        UnaryOperator<RequestHandler> around() {
            return handler -> (head, downstream) -> begin(handler, head, downstream);
        }

        private RequestConsumer begin(
                RequestHandler handler, RequestHead head, Downstream downstream) {
            Sabotage sabotage = current;
            return new BrokenBody(
                    sabotage, handler.begin(new BrokenHead(sabotage, head), downstream));
        }

        @Override
        @SuppressWarnings("NullAway") // saying nothing is what it is for
        public Instant instant() {
            return current.strikes(Part.Clock) ? null : Instant.now();
        }

        @Override
        public @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open) {
            return current.strikes(Part.Selection) ? null : strategy.pick(candidates, open);
        }
    }

    @SuppressWarnings("NullAway") // saying nothing is what it is for
    private record BrokenHead(Sabotage sabotage, RequestHead head) implements RequestHead {
        @Override
        public String method() {
            return sabotage.strikes(Part.Head) ? null : head.method();
        }

        @Override
        public String path() {
            return sabotage.strikes(Part.Head) ? null : head.path();
        }

        @Override
        public String query() {
            return sabotage.strikes(Part.Head) ? null : head.query();
        }

        @Override
        public @Nullable String header(String name) {
            return sabotage.strikes(Part.Head) ? null : head.header(name);
        }

        @Override
        public List<String> headers(String name) {
            return sabotage.strikes(Part.Head) ? null : head.headers(name);
        }

        @Override
        public void forEachHeader(BiConsumer<CharSequence, CharSequence> line) {
            if (!sabotage.strikes(Part.Head)) {
                head.forEachHeader(line);
            }
        }

        @Override
        public long contentLength() {
            return sabotage.strikes(Part.Head) ? Long.MAX_VALUE : head.contentLength();
        }

        @Override
        public String remoteAddress() {
            return head.remoteAddress();
        }
    }

    private record BrokenBody(Sabotage sabotage, RequestConsumer consumer)
            implements RequestConsumer {
        @Override
        public void peek(ByteBuf chunk) {
            consumer.peek(sabotage.strikes(Part.Chunk) ? Unpooled.EMPTY_BUFFER : chunk);
        }

        @Override
        public void body(RequestBody body) {
            consumer.body(new Watched(sabotage, body));
        }

        @Override
        public void writable() {
            consumer.writable();
        }

        @Override
        public void closed(CloseReason reason) {
            consumer.closed(reason);
        }
    }

    @SuppressWarnings("NullAway") // saying nothing is what it is for
    private record Watched(Sabotage sabotage, RequestBody body) implements RequestBody {
        @Override
        public long length() {
            return sabotage.strikes(Part.Body) ? -1 : body.length();
        }

        @Override
        public List<ByteBuf> segments() {
            return sabotage.strikes(Part.Body) ? null : body.segments();
        }

        @Override
        public void slices(long from, long to, List<ByteBuf> target) {
            if (sabotage.strikes(Part.Body)) {
                throw new IndexOutOfBoundsException("sabotaged slice");
            }
            body.slices(from, to, target);
        }

        @Override
        public void copy(long from, long to, ByteBuf target) {
            if (sabotage.strikes(Part.Body)) {
                throw new IndexOutOfBoundsException("sabotaged copy");
            }
            body.copy(from, to, target);
        }

        @Override
        public void release() {
            body.release();
        }
    }
}

package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.operator.status.Replica;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Measures how long changes take from when the operator judged them until every ready pod runs
/// them.
public final class Propagation {
    /// A gateway whose pods never acknowledge must not fill the memory.
    private static final int MOST_PENDING = 100;

    private final Clock clock;
    private final Consumer<Duration> measured;
    private final Map<ObjectRef, Instant> begun = new ConcurrentHashMap<>();
    private final Map<ObjectRef, Course> courses = new ConcurrentHashMap<>();

    private record Pending(Revision revision, Instant since) {}

    /// One gateway's changes.
    private static final class Course {
        final Deque<Pending> pending = new ArrayDeque<>();
        Revision published = Revision.NONE;
    }

    /// @param measured takes each change's time
    public Propagation(Clock clock, Consumer<Duration> measured) {
        this.clock = clock;
        this.measured = measured;
    }

    /// The verdict of a gateway is another one.
    void begins(ObjectRef gateway) {
        begun.putIfAbsent(gateway, clock.instant());
    }

    /// Its bundle is written. Called by one thread per gateway at a time.
    void published(ObjectRef gateway, Revision revision, List<Replica> pods) {
        Course course = courses.computeIfAbsent(gateway, _ -> new Course());
        Deque<Pending> waiting = course.pending;
        Instant since = begun.remove(gateway);
        boolean fresh = course.published.compareTo(revision) < 0;
        if (since != null && fresh && waiting.size() < MOST_PENDING) {
            waiting.addLast(new Pending(revision, since));
        }
        course.published = revision;
        List<Revision> ready =
                pods.stream().filter(Replica::ready).map(Replica::revision).sorted().toList();
        while (!ready.isEmpty()
                && !waiting.isEmpty()
                && waiting.getFirst().revision().compareTo(ready.getFirst()) <= 0) {
            Pending done = waiting.removeFirst();
            measured.accept(Duration.between(done.since(), clock.instant()));
        }
    }

    void forget(ObjectRef gateway) {
        begun.remove(gateway);
        courses.remove(gateway);
    }
}

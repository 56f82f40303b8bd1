package dev.llmgateway.operator.snapshot;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All objects of one kind in the watched namespaces, kept up to date.
///
/// @param what named in health
record Feed<R extends HasMetadata>(String what, List<SharedIndexInformer<R>> informers)
        implements Objects.Some<R>, AutoCloseable {
    /// Returns at once; the lists arrive later.
    ///
    /// @param matters whether (now, before) can change a decision
    /// @param changed hears, on the informer's thread, of every addition, deletion and change that
    ///   matters
    static <R extends HasMetadata> Feed<R> start(
            String what,
            List<? extends Informable<R>> sources,
            BiPredicate<R, R> matters,
            Consumer<R> changed) {
        List<SharedIndexInformer<R>> informers =
                sources.stream()
                        .map(source -> source.runnableInformer(0))
                        .map(informer -> informer.addEventHandler(new Handler<>(matters, changed)))
                        // Whatever it was, the next list may be readable.
                        .map(informer -> informer.exceptionHandler((_, _) -> true))
                        .toList();
        informers.forEach(SharedIndexInformer::start);
        return new Feed<>(what, informers);
    }

    @Override
    public Stream<R> all() {
        return informers.stream().flatMap(informer -> informer.getStore().list().stream());
    }

    @Override
    public Optional<R> find(String namespace, String name) {
        String key = Cache.namespaceKeyFunc(namespace, name);
        return informers.stream()
                .map(informer -> informer.getStore().getByKey(key))
                .filter(value -> value != null)
                .findFirst();
    }

    boolean synced() {
        return informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /// Whether changes arrive at this moment; false in passing whenever a watch is renewed.
    boolean watching() {
        return informers.stream()
                .allMatch(informer -> informer.isRunning() && informer.isWatching());
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    private record Handler<R>(BiPredicate<R, R> matters, Consumer<R> changed)
            implements ResourceEventHandler<R> {
        @Override
        public void onAdd(R added) {
            changed.accept(added);
        }

        @Override
        public void onUpdate(R before, R now) {
            if (matters.test(now, before)) {
                changed.accept(now);
            }
        }

        @Override
        public void onDelete(R deleted, boolean unknown) {
            changed.accept(deleted);
        }
    }
}

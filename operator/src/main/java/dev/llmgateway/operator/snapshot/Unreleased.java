package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Which of the Secrets that objects name, and that no informer holds, exist all the same: they
/// lack the label. Each is asked for once and again after ten minutes, or when what names it
/// changed.
final class Unreleased {
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Function<ObjectRef, CompletableFuture<Boolean>> exists;
    private final Runnable changed;
    private final Map<ObjectRef, Answer> answers = new ConcurrentHashMap<>();

    /// @param named generation and name of every object that names it
    private record Answer(String named, Instant asked, boolean exists) {}

    Unreleased(Function<ObjectRef, CompletableFuture<Boolean>> exists, Runnable changed) {
        this.exists = exists;
        this.changed = changed;
    }

    /// @param missing named and in no informer; the value changes with the objects that name it
    void look(Map<ObjectRef, String> missing, Instant now) {
        answers.keySet().retainAll(missing.keySet());
        missing.forEach((secret, named) -> {
            Answer last = answers.get(secret);
            if (last == null
                    || !last.named().equals(named)
                    || last.asked().plus(AGAIN).isBefore(now)) {
                boolean believed = last != null && last.exists();
                answers.put(secret, new Answer(named, now, believed));
                CompletableFuture<?> _ =
                        exists.apply(secret)
                                .whenComplete((found, failed) ->
                                        learn(secret, failed == null ? found : believed));
            }
        });
    }

    Collection<ObjectRef> known() {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue().exists())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void learn(ObjectRef secret, boolean found) {
        Answer before = answers.get(secret);
        if (before != null && before.exists() != found) {
            answers.put(secret, new Answer(before.named(), before.asked(), found));
            changed.run();
        }
    }
}

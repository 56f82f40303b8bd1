package dev.llmgateway.cli.cluster;

import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A `kubectl get` that begins before the command line is read for good, since half of a listing's
/// time passes in there. It is used only when the very same call is asked for; a wrong guess reads
/// something and is forgotten.
public final class EarlyCall {
    /// Nothing was guessed.
    public static final EarlyCall NONE = new EarlyCall(List.of(), null);

    private final List<String> command;
    private final @Nullable FutureTask<Child> child;

    private EarlyCall(List<String> command, @Nullable FutureTask<Child> child) {
        this.command = command;
        this.child = child;
    }

    /// Begins the call of a plain `upstream list` or `apikey list`; every other command line is
    /// left alone.
    ///
    /// @param program `kubectl`, or a path to it
    public static EarlyCall of(String program, String... arguments) {
        Optional<List<String>> command = guess(program, arguments);
        if (command.isEmpty()) {
            return NONE;
        }
        List<String> words = command.get();
        FutureTask<Child> child = new FutureTask<>(() -> Child.run(words, ""));
        Thread.ofPlatform().daemon().start(child);
        return new EarlyCall(words, child);
    }

    /// Empty for every option that is not among the usual ones of a listing.
    static Optional<List<String>> guess(String program, String... arguments) {
        List<String> words = new ArrayList<>();
        String namespace = "";
        boolean all = false;
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            switch (word) {
                case "-A", "--all-namespaces" -> all = true;
                case "-o", "--output" -> i++;
                case "-n", "--namespace" -> namespace = ++i < arguments.length ? arguments[i] : "";
                case "--no-headers" -> {}
                default -> {
                    if (word.startsWith("--namespace=")) {
                        namespace = word.substring(word.indexOf('=') + 1);
                    } else if (!word.startsWith("--output=")) {
                        words.add(word);
                    }
                }
            }
        }
        if (!words.equals(List.of("upstream", "list"))
                && !words.equals(List.of("apikey", "list"))) {
            return Optional.empty();
        }
        Kind kind = words.getFirst().equals("upstream") ? Kind.ACCOUNT : Kind.KEY;
        return Optional.of(call(program, kind, namespace, all));
    }

    private static List<String> call(String program, Kind kind, String namespace, boolean all) {
        Kubectl kubectl =
                new Kubectl(program, new ClusterFlags(namespace, all, List.of(), 0), NONE);
        return kubectl.command(ClusterObjects.listing(kind, all, ""), true);
    }

    /// How the call ended; empty: another one was begun, or none.
    Optional<Child> ended(List<String> asked) {
        FutureTask<Child> begun = child;
        if (begun == null || !asked.equals(command)) {
            return Optional.empty();
        }
        try {
            return Optional.of(begun.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

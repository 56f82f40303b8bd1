package dev.llmgateway.runtime.dialect.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A short look for inputs that break a promise: the same inputs every time and on every machine,
/// so that a run fails for what was changed and not for how fast it was. `-Dfuzz.seed=7` looks
/// elsewhere, `-Dfuzz.seconds=60` as long as it says.
class FuzzIT {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 0));

    @ParameterizedTest
    @EnumSource
    void every_kept_input_keeps_the_promises(FuzzTarget target) {
        Corpus corpus = new Corpus(target);

        assertThat(corpus.files()).isNotEmpty();
        corpus.files()
                .forEach(file -> run(target, Corpus.read(file), file.getFileName().toString()));
    }

    @ParameterizedTest
    @EnumSource
    void mutated_inputs_keep_the_promises(FuzzTarget target) throws IOException {
        Mutator mutator = new Mutator(SEED, new Corpus(target).inputs());
        long end = System.nanoTime() + TIME.toNanos();
        int runs = 0;

        while (TIME.isZero() ? runs < target.runs() : System.nanoTime() < end) {
            byte[] input = mutator.next();
            try {
                target.accept(input);
            } catch (Throwable broken) {
                throw new AssertionError(kept(target, input, runs), broken);
            }
            runs++;
        }

        assertThat(runs).isPositive();
    }

    private static void run(FuzzTarget target, byte[] input, String name) {
        try {
            target.accept(input);
        } catch (Throwable broken) {
            throw new AssertionError(target + " " + name, broken);
        }
    }

    private static String kept(FuzzTarget target, byte[] input, int run) throws IOException {
        Path folder = Path.of("target/fuzz").resolve(target.folder());
        Files.createDirectories(folder);
        Path file = folder.resolve("found-" + Integer.toHexString(Arrays.hashCode(input)));
        Files.write(file, input);
        return "seed "
                + SEED
                + ", run "
                + run
                + ": copy "
                + file
                + " into "
                + new Corpus(target).folder()
                + " and run every_kept_input_keeps_the_promises";
    }
}

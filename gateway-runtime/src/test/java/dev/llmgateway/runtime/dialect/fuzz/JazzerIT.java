package dev.llmgateway.runtime.dialect.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A minute of Jazzer for each target: inputs grow towards code that was not reached yet. What it
/// finds is left in `target/jazzer`; copied into the corpus it is tried by [FuzzIT] ever after.
@Tag("full")
class JazzerIT {
    private static final int SECONDS = Integer.getInteger("jazzer.seconds", 60);

    /// Start of a process and instrumentation of classes, on a busy machine.
    private static final int MORE_SECONDS = 120;

    @ParameterizedTest
    @EnumSource
    void no_input_breaks_a_promise(FuzzTarget target) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target/jazzer").resolve(target.folder()));
        Path found = Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log");

        Process process =
                new ProcessBuilder(command(target, folder, found))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = process.waitFor(SECONDS + MORE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).as("%s", log).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
        assertThat(read(log)).contains("cov: ", "Done ");
    }

    private static List<String> command(FuzzTarget target, Path folder, Path found) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=dev.llmgateway.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + SECONDS,
                "-max_len=16384",
                "-timeout=20",
                "-rss_limit_mb=4096",
                found.toString(),
                new Corpus(target).folder().toString());
    }

    private static String read(Path log) {
        return new String(Corpus.read(log), UTF_8);
    }
}

package dev.llmgateway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a gateway's process holds of the machine.
///
/// @param heapKib live objects, behind a collection
/// @param residentKib memory of the process
record Usage(long heapKib, long residentKib, long files, long threads) {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /// Collects first, so that what is counted is alive.
    static Usage of(long pid) {
        jcmd(pid, "GC.run");
        Path process = Path.of("/proc", Long.toString(pid));
        long heap =
                USED.matcher(jcmd(pid, "GC.heap_info"))
                        .results()
                        .mapToLong(found -> Long.parseLong(found.group(1)))
                        .sum();
        return new Usage(
                heap,
                resident(process),
                entries(process.resolve("fd")),
                entries(process.resolve("task")));
    }

    private static long resident(Path process) {
        try {
            return RESIDENT.matcher(Files.readString(process.resolve("status")))
                    .results()
                    .map((MatchResult found) -> Long.parseLong(found.group(1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jcmd(long pid, String command) {
        Child child =
                Child.run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                                Long.toString(pid),
                                command),
                        Map.of(),
                        Duration.ofSeconds(60));
        if (child.exit() != 0) {
            throw new IllegalStateException("jcmd " + command + ": " + child.output());
        }
        return child.output();
    }

    private static long entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

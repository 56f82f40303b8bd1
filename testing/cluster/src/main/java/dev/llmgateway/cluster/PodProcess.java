package dev.llmgateway.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Java process in a Pod of a [TestNode], seen from this machine.
public record PodProcess(ProcessHandle process) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /// Empty while none runs.
    public static Optional<PodProcess> of(Pod pod) {
        String group = "/pod" + pod.getMetadata().getUid() + "/";
        return ProcessHandle.allProcesses()
                .filter(each -> read(each, "comm").equals("java\n"))
                .filter(each -> read(each, "cgroup").contains(group))
                .findFirst()
                .map(PodProcess::new);
    }

    public Instant started() {
        return process.info().startInstant().orElseThrow();
    }

    /// Resident memory in KiB, files it has mapped included.
    public long residentKib() {
        Matcher line = RESIDENT.matcher(read(process, "status"));
        if (!line.find()) {
            throw new IllegalStateException(process + " has ended");
        }
        return Long.parseLong(line.group(1));
    }

    /// Ends it at once (SIGKILL); its Pod's kubelet starts another.
    public void kill() {
        Frozen.signal(process, "KILL");
    }

    public Frozen freeze() {
        return Frozen.of(process);
    }

    /// A file below its folder in /proc; empty when the process has ended.
    private static String read(ProcessHandle process, String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            if (!process.isAlive()) {
                return ""; // it ended while being read
            }
            throw new UncheckedIOException(e);
        }
    }
}

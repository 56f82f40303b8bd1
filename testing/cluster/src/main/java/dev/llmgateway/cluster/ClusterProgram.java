package dev.llmgateway.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A running `test-cluster` or `test-node`: it says READY in one line, and ends when its standard
/// input closes, so it never outlives this JVM.
final class ClusterProgram {
    private static final Pattern READY =
            Pattern.compile("READY .*kubeconfig=(\\S+)(?: proxy=(\\S+):(\\d+))?.*");
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path kubeconfig;
    private final Proxy proxy;

    private ClusterProgram(Process process, Path kubeconfig, Proxy proxy) {
        this.process = process;
        this.kubeconfig = kubeconfig;
        this.proxy = proxy;
    }

    /// Returns when it is ready; throws with what it wrote when it ends before. How long it takes
    /// at most is the program's own matter (2 min for each of its steps).
    static ClusterProgram start(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-exit-with-stdin"));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile(program.getFileName().toString(), ".log");
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    Files.delete(errors);
                    return new ClusterProgram(process, Path.of(ready.group(1)), proxy(ready));
                }
            }
            throw new IllegalStateException(
                    program.getFileName() + " did not start: " + Files.readString(errors).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proxy proxy(MatchResult ready) {
        return ready.group(2) == null
                ? Proxy.NO_PROXY
                : new Proxy(
                        Proxy.Type.SOCKS,
                        new InetSocketAddress(ready.group(2), Integer.parseInt(ready.group(3))));
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /// Into the network of a `test-node`.
    Proxy proxy() {
        return proxy;
    }

    /// Its own processes below it, without those of Pods, by the program's name in their command.
    ProcessHandle component(String name) {
        return process.descendants()
                .filter(each ->
                        each.info().arguments().stream()
                                .flatMap(Stream::of)
                                .findFirst()
                                .filter(name::equals)
                                .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /// Process 1 of a `test-node`'s namespaces, seen from outside.
    long firstProcess() {
        return process.children().findFirst().orElseThrow().pid();
    }

    void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// A program that plays a provider at the node's own address, which Pods reach and nothing outside
/// does.
///
/// @param address base URL of its models, `…/v1`
record RunningUpstream(Process process, URI address) implements AutoCloseable {
    private static final String NODE_ADDRESS = "10.88.0.1";

    /// An [Upstream].
    static RunningUpstream start(TestNode node) {
        return start(node, Upstream.class);
    }

    /// @param program prints its port first
    static RunningUpstream start(TestNode node, Class<?> program) {
        List<String> command =
                node.inNetwork(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx64m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                NODE_ADDRESS));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            String port = process.inputReader().readLine();
            return new RunningUpstream(
                    process, URI.create("http://" + NODE_ADDRESS + ":" + port + "/v1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

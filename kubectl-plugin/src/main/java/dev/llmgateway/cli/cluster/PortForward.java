package dev.llmgateway.cli.cluster;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running `kubectl port-forward`; ends when closed, and with this process.
public final class PortForward implements AutoCloseable {
    private static final Pattern FORWARDING =
            Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> .*");

    private final Process process;
    private final int port;

    private PortForward(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param target such as `pod/main-0` or `service/main`
    /// @param local port of this machine; 0: any free one
    public static PortForward open(Kubectl kubectl, String target, int local, int remote) {
        String ports = (local == 0 ? "" : local) + ":" + remote;
        List<String> command =
                kubectl.command(
                        List.of("port-forward", target, ports, "--address=127.0.0.1"), true);
        try {
            Process process = new ProcessBuilder(command).start();
            Thread ender = new Thread(process::destroy, "end port-forward");
            Runtime.getRuntime().addShutdownHook(ender);
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher matcher = FORWARDING.matcher(line);
                if (matcher.matches()) {
                    Thread.ofVirtual().start(() -> drain(output));
                    return new PortForward(process, Integer.parseInt(matcher.group(1)));
                }
            }
            String errors = Child.text(process.getErrorStream());
            throw KubectlProblem.of(process.onExit().join().exitValue(), errors);
        } catch (IOException _) {
            throw new Failure(ExitCode.FAILURE, "noKubectl", command.getFirst());
        }
    }

    /// It says a line for every connection, and would block on a full pipe.
    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // nobody reads them
            }
        } catch (IOException _) {
            // it has ended
        }
    }

    /// On this machine.
    public int port() {
        return port;
    }

    /// Blocks until it ends; whether that was Ctrl-C, which reaches it as well as us, and ends it
    /// well.
    public boolean interrupted() throws InterruptedException {
        int exit = process.waitFor();
        return exit == 0 || exit == ExitCode.INTERRUPTED.number();
    }

    @Override
    public void close() {
        process.destroy();
    }
}

package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.Kubectl;
import dev.llmgateway.cluster.Shell;
import dev.llmgateway.fixtures.commands.EarlierReadme;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody who types lines into a [Shell], as people do in the tenant's namespace; the log of the
/// tests shows the long ones with the time they took.
record Typist(Shell shell, Tenant tenant) implements EarlierReadme.Place {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String QUESTION =
            """
            {"model":"simulated-echo","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}\
            """;

    /// What a README says of clusters: fenced with the info string `sh cluster`.
    private static final Pattern BLOCK =
            Pattern.compile("^```sh cluster\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// For failures: what the operator says of everything.
    private static final String CONDITIONS =
            "kubectl get gc,ua,gk -A -o jsonpath='{range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}:"
                    + "{range .status.conditions[*]} {.type}={.status} {.reason} {.message};{end}{\"\\n\"}{end}'";

    String typed(String line) {
        long begun = System.nanoTime();
        String output = shell.run(line);
        show(line, begun);
        return output;
    }

    /// A line that goes on by itself; returns when its output contains a text. Whoever calls it
    /// ends what is returned.
    Process begun(String line, String output, String text) {
        long begun = System.nanoTime();
        Process process = shell.start(line, output);
        Path file = shell.home().resolve(output);
        Poll.untilTrue(PATIENCE, () -> text + " of " + line, () -> read(file).contains(text));
        show(line + " >" + output + " &", begun);
        return process;
    }

    private static void show(String line, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("$ %s   # %.1f s%n", line.replace("\n", "; "), seconds);
    }

    /// A verb of the command line that must end well.
    @Override
    public String ok(String... words) {
        String line =
                "kubectl llm-gateway -n '%s' '%s'"
                        .formatted(tenant.namespace(), String.join("' '", words));
        Kubectl.Result result = shell.tried(line);
        if (result.exit() != 0) {
            throw new AssertionError(line + " ended with " + result.exit() + ": " + result.text());
        }
        return result.text();
    }

    @Override
    public int call(String key) {
        List<Integer> statuses =
                Tenant.addresses(tenant.pods()).stream()
                        .map(pod -> call(pod, key))
                        .distinct()
                        .toList();
        return statuses.size() == 1 ? statuses.getFirst() : 0;
    }

    private int call(URI pod, String key) {
        try {
            return tenant.http().post(pod, "/v1/messages", Tenant.field(key), QUESTION).status();
        } catch (IOException _) {
            return 0;
        }
    }

    /// The blocks for a cluster of an example's README, in its order.
    static List<String> blocks(String example) {
        String readme = read(Repository.root().resolve("examples/" + example + "/README.md"));
        return BLOCK.matcher(readme).results().map(found -> found.group(1)).toList();
    }

    /// Runs a block of a README on a free port; what it leaves in the background ends with it.
    void follow(String block) {
        String port = Integer.toString(freePort());
        String line =
                "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + block.replace("8080", port);
        Kubectl.Result result = shell.tried(line);
        if (result.exit() != 0) {
            throw new AssertionError(line + "\n" + result.text() + shell.tried(CONDITIONS).text());
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.llmgateway.runtime.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `llm-gateway-runtime`: the gateway on a folder of manifests, or on the bundle an operator made
/// of them.
@Command(
        name = "llm-gateway-runtime",
        mixinStandardHelpOptions = true,
        version = "llm-gateway-runtime 0.1.0",
        description =
                "Serves an LLM gateway from a folder of manifests, or in a pod from the bundle of a GatewayConfig.",
        sortOptions = false)
public final class Main implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Folder of *.yaml: GatewayConfig, UpstreamAccount, GatewayKey, Secret, ConfigMap, Namespace.")
    private @Nullable Path folder;

    @Mixin private BundleOptions bundle = new BundleOptions();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Data port; 0: any free one. Default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--admin-port",
            defaultValue = "9090",
            description = "Admin port; 0: any free one. Default ${DEFAULT-VALUE}.")
    private int adminPort;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            description = "Address of both listeners. Default ${DEFAULT-VALUE}.")
    private String bind = "";

    @Option(
            names = "--gateway",
            defaultValue = "",
            paramLabel = "NAME",
            description =
                    "Which GatewayConfig of the folder to serve; needed only when there are several.")
    private String gateway = "";

    @Option(
            names = "--drain-delay",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description =
                    "After a stop signal: how long new connections are still taken. Default ${DEFAULT-VALUE}; 5s suits a pod.")
    private Duration drainDelay = Duration.ZERO;

    @Option(
            names = "--drain-grace",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "Then: how long running requests may take. Default ${DEFAULT-VALUE}.")
    private Duration drainGrace = Duration.ZERO;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description =
                    "Bearer tokens for the admin port: a file with one on each line, or the mount of a Secret; needed when --bind is not a loopback address.")
    private @Nullable Path adminTokenFile;

    @Option(
            names = "--loops",
            defaultValue = "0",
            description = "Event loops; 0: one per processor.")
    private int loops;

    /// Exit code 0 after an orderly stop, 1 when it could not start, 2 for wrong arguments.
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        return new GatewayProcess(settings).run();
    }

    private Settings settings() throws IOException {
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        boolean loopback =
                bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1");
        if (!loopback && adminTokenFile == null) {
            throw new ParameterException(
                    line,
                    "--bind "
                            + bind
                            + " opens the admin port to others: give --admin-token-file as well");
        }
        return new Settings(
                origin(line),
                port,
                adminPort,
                bind,
                drainDelay,
                drainGrace,
                Optional.ofNullable(adminTokenFile),
                loops > 0 ? loops : Runtime.getRuntime().availableProcessors());
    }

    private PlanOrigin origin(CommandLine line) throws IOException {
        Optional<PlanOrigin> pod = bundle.origin(line);
        Path directory = folder;
        if (pod.isPresent() == (directory != null)) {
            throw new ParameterException(line, "give either --dir DIR or --bundle NAME");
        }
        if (directory == null) {
            return pod.orElseThrow();
        }
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(line, "--dir " + directory + " is not a folder");
        }
        return new PlanOrigin.Folder(directory, gateway);
    }
}

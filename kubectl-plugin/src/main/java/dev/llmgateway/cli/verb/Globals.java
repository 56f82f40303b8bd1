package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.cluster.ClusterFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Options that every verb takes, in front of it or behind it.
public final class Globals {
    @Option(
            names = {"-n", "--namespace"},
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Namespace.")
    private String namespace = "";

    @Option(
            names = {"-A", "--all-namespaces"},
            scope = ScopeType.INHERIT,
            description = "List in every namespace.")
    private boolean allNamespaces;

    @Option(
            names = "--dir",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Work on a folder of manifests instead of a cluster.")
    private @Nullable Path dir;

    @Option(
            names = "--gateway",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Which GatewayConfig, where there are several: NAME or NAMESPACE/NAME.")
    private String gateway = "";

    @Option(
            names = "--admin-port",
            scope = ScopeType.INHERIT,
            paramLabel = "PORT",
            description =
                    "Admin port of the folder's gateway. Default: what `server start` wrote down, else 9090.")
    private int adminPort;

    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Context of the kubeconfig.")
    private String context = "";

    @Option(
            names = "--cluster",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Cluster of the kubeconfig.")
    private String cluster = "";

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "User of the kubeconfig.")
    private String user = "";

    @Option(
            names = "--kubeconfig",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Kubeconfig.")
    private String kubeconfig = "";

    @Option(
            names = "--as",
            scope = ScopeType.INHERIT,
            paramLabel = "USER",
            description = "Act as somebody else.")
    private String impersonated = "";

    @Option(
            names = "--as-group",
            scope = ScopeType.INHERIT,
            paramLabel = "GROUP",
            description = "Act as a member of a group; may be repeated.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description =
                    "Bearer token for the API server. Better kept in a kubeconfig: an argument can be seen by others.")
    private String token = "";

    @Option(
            names = "--request-timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "TIME",
            description = "How long one call of the API server may take, such as 10s.")
    private String requestTimeout = "";

    @Option(
            names = {"-v", "--v"},
            scope = ScopeType.INHERIT,
            paramLabel = "LEVEL",
            description = "How much kubectl says, 0-10. Never enough to log a Secret.")
    private int verbosity;

    @Option(
            names = "--lang",
            scope = ScopeType.INHERIT,
            paramLabel = "LANG",
            description = "Language of messages, en or zh. Default: LC_ALL, LC_MESSAGES, LANG.")
    private String lang = "";

    @Option(
            names = "--color",
            scope = ScopeType.INHERIT,
            paramLabel = "WHEN",
            description = "auto, always or never. NO_COLOR is respected.")
    private String color = "auto";

    public Optional<Path> dir() {
        return Optional.ofNullable(dir);
    }

    public String namespace() {
        return namespace;
    }

    public boolean allNamespaces() {
        return allNamespaces;
    }

    /// Empty: the only one.
    public String gateway() {
        return gateway;
    }

    /// 0: not given.
    public int adminPort() {
        return adminPort;
    }

    String token() {
        return token;
    }

    String lang() {
        return lang;
    }

    String color() {
        return color;
    }

    ClusterFlags flags() {
        List<String> passed = new ArrayList<>();
        add(passed, "--context", context);
        add(passed, "--cluster", cluster);
        add(passed, "--user", user);
        add(passed, "--kubeconfig", kubeconfig);
        add(passed, "--as", impersonated);
        groups.forEach(group -> add(passed, "--as-group", group));
        add(passed, "--request-timeout", requestTimeout);
        return new ClusterFlags(namespace, allNamespaces, passed, verbosity);
    }

    /// With the token's kubeconfig in the place of whatever chose a credential.
    ClusterFlags flags(Path tokenKubeconfig) {
        List<String> passed = new ArrayList<>(List.of("--kubeconfig=" + tokenKubeconfig));
        add(passed, "--as", impersonated);
        groups.forEach(group -> add(passed, "--as-group", group));
        add(passed, "--request-timeout", requestTimeout);
        return new ClusterFlags(namespace, allNamespaces, passed, verbosity);
    }

    private static void add(List<String> passed, String flag, String value) {
        if (!value.isEmpty()) {
            passed.add(flag + "=" + value);
        }
    }
}

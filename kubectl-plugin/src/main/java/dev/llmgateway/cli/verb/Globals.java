package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.cluster.ClusterFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/// Options that every verb takes, in front of it or behind it. Described without annotations, which
/// would cost 50 ms of every start.
public final class Globals {
    private final CommandSpec spec;

    private Globals(CommandSpec spec) {
        this.spec = spec;
    }

    static Globals addTo(CommandSpec into) {
        text(into, "NAME", "Namespace.", "-n", "--namespace");
        flag(into, "List in every namespace.", "-A", "--all-namespaces");
        text(into, "DIR", "Work on a folder of manifests instead of a cluster.", "--dir");
        text(
                into,
                "NAME",
                "Which GatewayConfig, where there are several: NAME or NAMESPACE/NAME.",
                "--gateway");
        number(
                into,
                "PORT",
                "Admin port of the folder's gateway. Default: what `server start` wrote down, else 9090.",
                "--admin-port");
        addKubectls(into);
        text(
                into,
                "LANG",
                "Language of messages, en or zh. Default: LC_ALL, LC_MESSAGES, LANG.",
                "--lang");
        text(into, "WHEN", "auto, always or never. NO_COLOR is respected.", "--color");
        return new Globals(into);
    }

    private static void addKubectls(CommandSpec into) {
        text(into, "NAME", "Context of the kubeconfig.", "--context");
        text(into, "NAME", "Cluster of the kubeconfig.", "--cluster");
        text(into, "NAME", "User of the kubeconfig.", "--user");
        text(into, "FILE", "Kubeconfig.", "--kubeconfig");
        text(into, "USER", "Act as somebody else.", "--as");
        texts(into, "GROUP", "Act as a member of a group; may be repeated.", "--as-group");
        text(
                into,
                "TOKEN",
                "Bearer token for the API server. Better kept in a kubeconfig: an argument can be seen by others.",
                "--token");
        text(
                into,
                "TIME",
                "How long one call of the API server may take, such as 10s.",
                "--request-timeout");
        number(
                into,
                "LEVEL",
                "How much kubectl says, 0-10. Never enough to log a Secret.",
                "-v",
                "--v");
    }

    private static void text(CommandSpec into, String label, String description, String... names) {
        into.addOption(
                option(description, names)
                        .type(String.class)
                        .paramLabel(label)
                        .defaultValue("")
                        .build());
    }

    private static void texts(CommandSpec into, String label, String description, String... names) {
        into.addOption(
                option(description, names)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(label)
                        .build());
    }

    private static void number(
            CommandSpec into, String label, String description, String... names) {
        into.addOption(
                option(description, names)
                        .type(int.class)
                        .paramLabel(label)
                        .defaultValue("0")
                        .build());
    }

    private static void flag(CommandSpec into, String description, String... names) {
        into.addOption(option(description, names).type(boolean.class).arity("0").build());
    }

    private static OptionSpec.Builder option(String description, String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT).description(description);
    }

    private String text(String name) {
        String value = Objects.requireNonNull(spec.findOption(name)).getValue();
        return value == null ? "" : value;
    }

    private int number(String name) {
        Integer value = Objects.requireNonNull(spec.findOption(name)).getValue();
        return value == null ? 0 : value;
    }

    private List<String> texts(String name) {
        List<String> value = Objects.requireNonNull(spec.findOption(name)).getValue();
        return value == null ? List.of() : value;
    }

    public Optional<Path> dir() {
        return Optional.of(text("--dir")).filter(dir -> !dir.isEmpty()).map(Path::of);
    }

    public String namespace() {
        return text("--namespace");
    }

    public boolean allNamespaces() {
        return Boolean.TRUE.equals(
                Objects.requireNonNull(spec.findOption("--all-namespaces")).<Boolean>getValue());
    }

    /// Empty: the only one.
    public String gateway() {
        return text("--gateway");
    }

    /// 0: not given.
    public int adminPort() {
        return number("--admin-port");
    }

    String token() {
        return text("--token");
    }

    String lang() {
        return text("--lang");
    }

    String color() {
        return text("--color");
    }

    ClusterFlags flags() {
        List<String> passed = new ArrayList<>();
        for (String flag : List.of("--context", "--cluster", "--user", "--kubeconfig")) {
            add(passed, flag, text(flag));
        }
        return flags(passed);
    }

    /// With the token's kubeconfig in the place of whatever chose a credential.
    ClusterFlags flags(Path tokenKubeconfig) {
        return flags(new ArrayList<>(List.of("--kubeconfig=" + tokenKubeconfig)));
    }

    private ClusterFlags flags(List<String> passed) {
        add(passed, "--as", text("--as"));
        texts("--as-group").forEach(group -> add(passed, "--as-group", group));
        add(passed, "--request-timeout", text("--request-timeout"));
        return new ClusterFlags(namespace(), allNamespaces(), passed, number("--v"));
    }

    private static void add(List<String> passed, String flag, String value) {
        if (!value.isEmpty()) {
            passed.add(flag + "=" + value);
        }
    }
}

package dev.llmgateway.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects;
import dev.llmgateway.cli.print.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The objects of a cluster.
public final class ClusterObjects implements Objects {
    /// One field manager for everything this program sets.
    private static final String MANAGER = "--field-manager=kubectl-llm-gateway";

    private final Kubectl kubectl;
    private String namespace = "";

    public ClusterObjects(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    public Kubectl kubectl() {
        return kubectl;
    }

    @Override
    public List<JsonNode> list(Kind kind, String selector) {
        List<JsonNode> items = new ArrayList<>();
        List<String> arguments = listing(kind, kubectl.flags().allNamespaces(), selector);
        // the last argument, which asks for JSON, is the caller's own
        kubectl.json(arguments.subList(0, arguments.size() - 1).toArray(String[]::new))
                .path("items")
                .forEach(items::add);
        return items;
    }

    /// Arguments of the call that lists objects.
    static List<String> listing(Kind kind, boolean everywhere, String selector) {
        List<String> arguments = new ArrayList<>(List.of("get", kind.resource()));
        if (everywhere) {
            arguments.add("--all-namespaces");
        }
        if (!selector.isEmpty()) {
            arguments.add("--selector=" + selector);
        }
        arguments.add("--output=json");
        return arguments;
    }

    @Override
    public Optional<JsonNode> find(Kind kind, String name) {
        return find(kind.resource(), name);
    }

    /// An object of any kind.
    public Optional<JsonNode> find(String resource, String name) {
        try {
            return Optional.of(kubectl.json("get", resource, name));
        } catch (Failure e) {
            if (e.code() == ExitCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void apply(List<ObjectNode> objects, Change change) {
        StringBuilder documents = new StringBuilder();
        objects.forEach(object -> documents.append(Json.compact(object)).append('\n'));
        List<String> arguments =
                new ArrayList<>(List.of("apply", "--server-side", MANAGER, "--filename=-"));
        if (change.force()) {
            arguments.add("--force-conflicts");
        }
        addDryRun(arguments, change);
        kubectl.runWithSecret(documents.toString(), arguments);
    }

    /// Makes an object that must not be there yet; what it holds never leaves by an argument.
    public void create(ObjectNode object) {
        kubectl.runWithSecret(Json.compact(object), List.of("create", MANAGER, "--filename=-"));
    }

    /// Removes a Secret of ours; one that is gone already is no failure.
    public void removeSecret(String name) {
        kubectl.run("delete", "secret", name, "--ignore-not-found", "--wait=false");
    }

    @Override
    public void edit(Kind kind, String name, List<Edit> edits, Change change) {
        ObjectNode patch = Json.object();
        for (Edit edit : edits) {
            ObjectNode parent = patch;
            List<String> path = edit.path();
            for (String field : path.subList(0, path.size() - 1)) {
                parent =
                        parent.get(field) instanceof ObjectNode there
                                ? there
                                : parent.putObject(field);
            }
            parent.set(path.getLast(), edit.value().orElse(Json.parse("null")));
        }
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "patch",
                                kind.resource(),
                                name,
                                "--type=merge",
                                MANAGER,
                                "--patch-file=/dev/stdin"));
        addDryRun(arguments, change);
        kubectl.runWithSecret(Json.compact(patch), arguments);
    }

    @Override
    public void remove(Kind kind, String name, Change change) {
        List<String> arguments =
                new ArrayList<>(List.of("delete", kind.resource(), name, "--wait=false"));
        addDryRun(arguments, change);
        kubectl.run(arguments.toArray(String[]::new));
    }

    private static void addDryRun(List<String> arguments, Change change) {
        if (!change.real()) {
            arguments.add("--dry-run=" + change.dryRun());
        }
    }

    /// The one that was asked for, else the context's. Costs a call the first time.
    @Override
    public String namespace() {
        if (!kubectl.flags().namespace().isEmpty()) {
            return kubectl.flags().namespace();
        }
        if (namespace.isEmpty()) {
            String context =
                    kubectl.run("config", "view", "--minify", "--output=jsonpath={..namespace}");
            namespace = context.isBlank() ? "default" : context.strip();
        }
        return namespace;
    }
}

package dev.llmgateway.cli.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.cluster.Kubectl;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Result;
import java.util.ArrayList;
import java.util.List;

/// The objects of a cluster as a text the contract's reader understands. Secrets are not read: what
/// they hold does not change routing.
public final class ClusterPlan {
    private ClusterPlan() {}

    /// A List of the three kinds in all namespaces that may be read, and of the namespaces' labels.
    ///
    /// @param everywhere false: the namespace of the command line alone
    public static String read(Kubectl kubectl, boolean everywhere) {
        List<JsonNode> items = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String scope = everywhere ? "--all-namespaces" : "--ignore-not-found";
            for (JsonNode item : kubectl.json("get", kind.resource(), scope).path("items")) {
                if (item instanceof ObjectNode object) {
                    object.remove("status");
                }
                items.add(item);
            }
        }
        items.addAll(namespaces(kubectl));
        return Json.compact(Result.list(items));
    }

    /// Consent by label needs them; whoever may not read them sees the same as an operator that may
    /// not.
    private static List<JsonNode> namespaces(Kubectl kubectl) {
        List<JsonNode> namespaces = new ArrayList<>();
        try {
            kubectl.json("get", "namespaces")
                    .path("items")
                    .forEach(each -> {
                        ObjectNode metadata =
                                Json.object().put("name", each.at("/metadata/name").asText());
                        metadata.set("labels", each.at("/metadata/labels"));
                        ObjectNode namespace =
                                Json.object().put("apiVersion", "v1").put("kind", "Namespace");
                        namespace.set("metadata", metadata);
                        namespaces.add(namespace);
                    });
        } catch (Failure e) {
            if (e.code() != ExitCode.FORBIDDEN) {
                throw e;
            }
        }
        return namespaces;
    }
}

package dev.llmgateway.cli.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Versions by the tags of images. Pure.
record VersionReport(String client, Set<String> operators, Set<String> gateways) {
    VersionReport {
        operators = Set.copyOf(operators);
        gateways = Set.copyOf(gateways);
    }

    static VersionReport client(String own) {
        return new VersionReport(own, Set.of(), Set.of());
    }

    static VersionReport of(String own, Optional<JsonNode> deployments, Optional<JsonNode> pods) {
        return new VersionReport(
                own,
                tags(deployments, "/spec/template/spec/containers"),
                tags(pods, "/spec/containers"));
    }

    private static Set<String> tags(Optional<JsonNode> list, String containers) {
        Set<String> tags = new TreeSet<>();
        list.ifPresent(all ->
                all.path("items")
                        .forEach(item -> {
                            String image = item.at(containers).path(0).path("image").asText();
                            int colon = image.lastIndexOf(':');
                            tags.add(
                                    colon > image.lastIndexOf('/')
                                            ? image.substring(colon + 1)
                                            : "untagged");
                        }));
        return tags;
    }

    boolean differ() {
        Set<String> all = new TreeSet<>(operators);
        all.addAll(gateways);
        all.add(client);
        return all.size() > 1;
    }

    Result result() {
        ObjectNode data = Json.object().put("client", client);
        List<Result.Line> lines = new ArrayList<>(List.of(Result.Line.of("client " + client)));
        add(data, lines, "operator", operators);
        add(data, lines, "gateway", gateways);
        return new Result(data, List.of(), new Result.View.Lines(lines));
    }

    private static void add(
            ObjectNode data, List<Result.Line> lines, String what, Set<String> versions) {
        if (!versions.isEmpty()) {
            var array = data.putArray(what);
            new TreeSet<>(versions).forEach(array::add);
            lines.add(Result.Line.of(what + " " + String.join(", ", new TreeSet<>(versions))));
        }
    }
}

package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Which pods have an object: those whose revision is not older than the first that holds it. Pure.
public final class Pods {
    private Pods() {}

    public static String having(JsonNode object, JsonNode gateway) {
        long first = number(Facts.text(object, "/status/programmed/revision"));
        List<String> have = new ArrayList<>();
        JsonNode replicas = gateway.at("/status/replicas");
        for (JsonNode replica : replicas) {
            if (first > 0 && number(replica.path("revision").asText()) >= first) {
                have.add(replica.path("pod").asText());
            }
        }
        return replicas.isEmpty()
                ? ""
                : have.size()
                        + "/"
                        + replicas.size()
                        + (have.isEmpty() ? "" : " (" + String.join(", ", have) + ")");
    }

    /// Of `r-812`; 0: none.
    public static long number(String revision) {
        try {
            return revision.startsWith("r-")
                    ? Long.parseLong(revision, 2, revision.length(), 10)
                    : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}

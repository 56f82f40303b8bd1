package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Ages;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Keys in rows, with the columns of `kubectl get gk`. Pure.
final class KeyTable {
    private KeyTable() {}

    static Listing at(Instant now) {
        return new Listing(
                List.of("OWNER", "PREFIX", "READY", "EXPIRES", "BUDGET", "LAST-USED", "AGE"),
                List.of("DISPLAY-NAME", "MODELS", "REQUESTS", "REVISION"),
                key -> row(key, now));
    }

    private static List<Cell> row(JsonNode key, Instant now) {
        String ready = Facts.status(key, "Ready");
        return List.of(
                Cell.of(Facts.text(key, "/spec/owner/name")),
                Cell.of(Facts.text(key, "/status/keyPrefix")),
                new Cell(ready, Tone.ofCondition(ready)),
                Cell.of(Ages.until(Facts.text(key, "/spec/expiresAt"), now)),
                Cell.of(Facts.text(key, "/status/budget")),
                Cell.of(Ages.since(Facts.text(key, "/status/usage/lastUsedTime"), now)),
                Cell.of(Ages.since(Facts.text(key, "/metadata/creationTimestamp"), now)),
                Cell.of(Facts.text(key, "/spec/displayName")),
                Cell.of(models(key)),
                Cell.of(Facts.text(key, "/status/usage/requests")),
                Cell.of(Facts.text(key, "/status/programmed/revision")));
    }

    static String models(JsonNode key) {
        List<String> models = new ArrayList<>();
        key.at("/spec/permissions/models/allow").forEach(model -> models.add(model.asText()));
        return String.join(",", models);
    }
}

package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Ages;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Listing;
import java.time.Instant;
import java.util.List;

/// Accounts in rows, with the columns of `kubectl get ua`. Pure.
final class AccountTable {
    private AccountTable() {}

    static Listing at(Instant now) {
        return new Listing(
                List.of("PROVIDER", "POOL", "PRIO", "AUTH", "STATE", "READY", "EXPIRES", "AGE"),
                List.of("DISPLAY-NAME", "WEIGHT", "REQUESTS", "ERRORS", "REASON"),
                account -> row(account, now));
    }

    private static List<Cell> row(JsonNode account, Instant now) {
        String state = Facts.text(account, "/status/state");
        String ready = Facts.status(account, "Ready");
        return List.of(
                Cell.of(Facts.text(account, "/spec/provider")),
                Cell.of(account.at("/spec/pool").asText("default")),
                Cell.of(account.at("/spec/priority").asInt()),
                Cell.of(auth(account)),
                new Cell(state, Tone.ofState(state)),
                new Cell(ready, Tone.ofCondition(ready)),
                Cell.of(Ages.until(Facts.text(account, "/status/credential/expiresAt"), now)),
                Cell.of(Ages.since(Facts.text(account, "/metadata/creationTimestamp"), now)),
                Cell.of(Facts.text(account, "/spec/displayName")),
                Cell.of(account.at("/spec/weight").asInt(100)),
                Cell.of(Facts.text(account, "/status/usage/requests")),
                Cell.of(Facts.text(account, "/status/usage/errors")),
                Cell.of(Facts.condition(account, "Ready").path("reason").asText()));
    }

    /// What the status says of the credential in use, else what the spec asks for.
    static String auth(JsonNode account) {
        String used = Facts.text(account, "/status/credential/type");
        if (!used.isEmpty()) {
            return used;
        }
        JsonNode auth = account.at("/spec/auth");
        if (auth.has("apiKey")) {
            return "APIKey";
        }
        if (auth.has("oauth")) {
            return "OAuth";
        }
        return auth.has("passthrough") ? "Passthrough" : "None";
    }
}

package dev.llmgateway.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Ages;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Listing;
import java.time.Instant;
import java.util.List;

/// Accounts that sign in, in rows. Pure.
final class OAuthTable {
    private OAuthTable() {}

    static Listing at(Instant now, Messages messages) {
        return new Listing(
                List.of("PROFILE", "STATE", "EXPIRES", "LEFT", "LAST-REFRESH", "RESULT"),
                List.of("GRANT", "FAILURES", "REASON"),
                account -> row(account, now, messages));
    }

    static boolean signsIn(JsonNode account) {
        return account.at("/spec/auth/oauth").isObject();
    }

    static boolean needsPerson(JsonNode account) {
        return Facts.status(account, "CredentialValid").equals("False");
    }

    private static List<Cell> row(JsonNode account, Instant now, Messages messages) {
        JsonNode condition = Facts.condition(account, "CredentialValid");
        JsonNode credential = account.at("/status/credential");
        String expires = credential.path("expiresAt").asText();
        boolean good = condition.path("status").asText().equals("True");
        String result = Facts.text(account, "/status/oauth/lastResult");
        return List.of(
                Cell.of(Facts.text(account, "/spec/auth/oauth/profile")),
                new Cell(
                        messages.text(state(condition)),
                        good ? Tone.GOOD : Tone.ofCondition(condition.path("status").asText())),
                Cell.of(expires),
                Cell.of(Ages.until(expires, now)),
                Cell.of(Ages.since(credential.path("lastRefreshTime").asText(), now)),
                Cell.of(result.isEmpty() ? condition.path("message").asText() : result),
                Cell.of(Facts.text(account, "/spec/auth/oauth/grant")),
                Cell.of(credential.path("consecutiveRefreshFailures").asInt()),
                Cell.of(condition.path("reason").asText()));
    }

    /// Key of the words for it.
    private static String state(JsonNode condition) {
        return switch (condition.path("status").asText()) {
            case "True" -> "oauth.authorised";
            case "False" ->
                    switch (condition.path("reason").asText()) {
                        case "AwaitingAuthorization" -> "oauth.notAuthorised";
                        case "Expired" -> "oauth.expired";
                        default -> "oauth.needsAuthorisation";
                    };
            default -> "oauth.unknown";
        };
    }
}

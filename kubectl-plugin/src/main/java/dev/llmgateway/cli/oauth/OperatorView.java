package dev.llmgateway.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.verb.Facts;
import java.util.Set;

/// What the operator says of an account's sign-in. Pure.
///
/// @param valid condition `CredentialValid`: `True`, `False`, `Unknown` or empty
/// @param lastResult how the last sign-in, or refresh or sign-out that was asked for, ended: `TIME:
///   TEXT`; with its time, so that the same twice is seen
record OperatorView(
        String valid, String reason, String lastResult, String verificationURL, String userCode) {
    private static final Set<String> GOOD = Set.of("signed in", "refreshed", "signed out");

    static OperatorView of(JsonNode account) {
        JsonNode condition = Facts.condition(account, "CredentialValid");
        JsonNode oauth = account.at("/status/oauth");
        return new OperatorView(
                condition.path("status").asText(),
                condition.path("reason").asText(),
                oauth.path("lastResult").asText(),
                oauth.path("verificationURL").asText(),
                oauth.path("userCode").asText());
    }

    /// Whether something ended that had not before.
    boolean endedSince(OperatorView before) {
        return !lastResult.isEmpty() && !lastResult.equals(before.lastResult);
    }

    /// Whether it ended well, if perhaps not as well as it could.
    boolean good() {
        return GOOD.stream().anyMatch(result()::startsWith);
    }

    /// Whether it ended exactly as it should.
    boolean perfect() {
        return GOOD.contains(result());
    }

    boolean invites() {
        return !verificationURL.isEmpty() && !userCode.isEmpty();
    }

    /// In the operator's words.
    String result() {
        int colon = lastResult.indexOf(": ");
        return colon < 0 ? lastResult : lastResult.substring(colon + 2);
    }
}

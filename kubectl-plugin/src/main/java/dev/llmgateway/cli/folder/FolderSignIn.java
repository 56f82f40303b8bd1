package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.crds.oauth.Refusal;
import dev.llmgateway.crds.oauth.SignInReason;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import java.time.Instant;
import java.util.Optional;

/// The part of an account's status that tells of its tokens, as the operator would write it.
final class FolderSignIn {
    private FolderSignIn() {}

    /// The status of an object, with this part if it is an account that signs in.
    static ObjectNode added(ObjectNode status, FolderObject object, FolderTokens tokens) {
        String secret = object.tree().at("/spec/auth/oauth/secretRef/name").asText();
        if (!secret.isEmpty()) {
            fill(status, object, tokens.read(object.namespace(), secret), Instant.now());
        }
        return status;
    }

    /// @param file empty: nobody has signed in
    private static void fill(
            ObjectNode status, FolderObject account, Optional<TokenFile> file, Instant now) {
        boolean byHand = file.isEmpty() && resolved(status);
        if (byHand) {
            return; // a token that was put there: nothing is known of it
        }
        TokenFile known = file.orElse(TokenFile.NONE);
        credential(status.putObject("credential").put("type", "OAuth"), known);
        if (known.attempts().failures() > 0) {
            status.putObject("oauth").put("lastResult", known.attempts().lastFailure());
        }
        Optional<SignInReason> reason = reason(known, now);
        if (status.get("conditions") instanceof ArrayNode conditions) {
            conditions.add(condition(reason, known, account.name()));
        }
        if (reason.isPresent()) {
            status.put("state", "NeedsAuthorization");
        }
    }

    private static boolean resolved(ObjectNode status) {
        for (var condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("ResolvedRefs")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static void credential(ObjectNode credential, TokenFile file) {
        StoredTokens tokens = file.tokens();
        if (!tokens.accessToken().isEmpty()) {
            credential.put("fingerprint", FolderFingerprint.of(tokens.accessToken()));
        }
        tokens.expiresAt().ifPresent(end -> credential.put("expiresAt", end.toString()));
        tokens.issuedAt().ifPresent(begin -> credential.put("lastRefreshTime", begin.toString()));
        credential.put("consecutiveRefreshFailures", file.attempts().failures());
    }

    /// Why a person is needed; empty: none is.
    private static Optional<SignInReason> reason(TokenFile file, Instant now) {
        Optional<SignInReason> refused = file.refusal().map(Refusal::reason);
        if (refused.isPresent()) {
            return refused;
        }
        StoredTokens tokens = file.tokens();
        if (tokens.accessToken().isEmpty() && tokens.refreshToken().isEmpty()) {
            return Optional.of(SignInReason.AwaitingAuthorization);
        }
        return tokens.usable(now) || !tokens.refreshToken().isEmpty()
                ? Optional.empty()
                : Optional.of(SignInReason.Expired);
    }

    private static ObjectNode condition(
            Optional<SignInReason> reason, TokenFile file, String account) {
        boolean failing = file.attempts().failures() > 0;
        String good = failing ? "RefreshFailed" : "Verified";
        return Json.object()
                .put("type", "CredentialValid")
                .put("status", reason.isPresent() ? "False" : "True")
                .put("reason", reason.map(Enum::name).orElse(good))
                .put(
                        "message",
                        reason.isPresent()
                                ? "sign in with `oauth start " + account + "`"
                                : failing ? file.attempts().lastFailure() : "");
    }
}

package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.folder.FolderTokens;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Progress;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.oauth.TokenFile;
import java.time.Duration;
import java.util.Optional;

/// Wishes for a new token and waits until a gateway of the folder has it.
final class FolderRefresh {
    private static final Duration LOOK = Duration.ofMillis(200);

    private FolderRefresh() {}

    static void run(Session session, FolderTokens tokens, OAuthAccount account, Duration patience) {
        String namespace = account.namespace();
        TokenFile before =
                tokens.read(namespace, account.secret())
                        .orElseThrow(() ->
                                new Failure(ExitCode.NOT_FOUND, "notSignedIn", account.name()));
        tokens.wish(namespace, account.secret(), before);
        new Progress(session)
                .until(
                        patience,
                        LOOK,
                        () -> session.text("waitingForGateway", account.name()),
                        () ->
                                tokens.read(namespace, account.secret())
                                        .flatMap(now -> judge(account, before, now)));
    }

    /// Empty: nothing has come of it yet.
    private static Optional<TokenFile> judge(
            OAuthAccount account, TokenFile before, TokenFile now) {
        if (!now.version().equals(before.version())) {
            return Optional.of(now);
        }
        if (now.refusal().isPresent() && !now.refusal().equals(before.refusal())) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "refreshRefused",
                    account.name(),
                    now.refusal().get().reason());
        }
        if (now.attempts().failures() > before.attempts().failures()) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "endpointFailed",
                    account.settings().endpoints().token(),
                    now.attempts().lastFailure());
        }
        return Optional.empty();
    }
}

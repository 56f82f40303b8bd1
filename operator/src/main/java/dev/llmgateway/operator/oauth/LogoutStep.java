package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// Signs out: revokes the login where the provider can, and forgets it in any case.
final class LogoutStep {
    private final TokenSecrets secrets;
    private final Clock clock;

    LogoutStep(TokenSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    Turn take(Look look, Known known, Optional<Provider> provider) {
        TokenSecret live = secrets.read(look.secretRef());
        if (live.exists()) {
            Optional<String> problem = revoke(live.tokens(), provider);
            forget(live);
            String text =
                    problem.map(why -> "signed out here; the revocation endpoint " + why)
                            .orElse("signed out");
            return done(look, text);
        }
        return done(look, "signed out");
    }

    private Turn done(Look look, String text) {
        return Turn.fulfilled(
                OAuthAnnotations.LOGOUT,
                Known.NOTHING.with(Outcome.failed(text, clock.instant())),
                TokenSecret.absent(look.secretRef()));
    }

    private static Optional<String> revoke(StoredTokens tokens, Optional<Provider> provider) {
        String token =
                tokens.refreshToken().isEmpty() ? tokens.accessToken() : tokens.refreshToken();
        Optional<Form> form =
                token.isEmpty()
                        ? Optional.empty()
                        : provider.flatMap(each -> each.requests().revoke(token));
        return form.flatMap(each -> provider.orElseThrow().endpoints().revoke(each));
    }

    /// A Secret that somebody else made keeps all but the tokens.
    private void forget(TokenSecret live) {
        if (live.made()) {
            secrets.delete(live);
        } else {
            secrets.store(live, StoredTokens.NONE, Map.of());
        }
    }
}

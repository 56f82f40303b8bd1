package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.Refusal;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Writes what a provider has answered, again and again until it stands or somebody else's newer
/// tokens do.
final class TokenKeeper {
    private static final System.Logger LOG = System.getLogger(TokenKeeper.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final TokenSecrets secrets;
    private final Ending ending;

    TokenKeeper(TokenSecrets secrets, Ending ending) {
        this.secrets = secrets;
        this.ending = ending;
    }

    /// The answer to a refresh: the rotated refresh token together with its access token. Whoever
    /// holds the claim by now: what the provider gave last is what counts.
    ///
    /// @param claimed as it was when the provider was asked
    /// @param wish that is fulfilled; empty: none
    TokenSecret keep(TokenSecret claimed, StoredTokens tokens, String wish) {
        Map<String, @Nullable String> notes = freed();
        if (!wish.isEmpty()) {
            notes.put(OAuthAnnotations.FULFILLED, wish);
        }
        return replacing(
                claimed,
                at -> secrets.store(at, tokens, notes),
                now -> now.tokens().equals(tokens));
    }

    /// Gives a claim back, since nothing was spent.
    TokenSecret release(TokenSecret claimed) {
        Map<String, @Nullable String> notes = new HashMap<>();
        notes.put(OAuthAnnotations.CLAIM, null);
        return replacing(
                claimed,
                at -> secrets.annotate(at, notes),
                now -> !now.claim().equals(claimed.claim()));
    }

    /// Notes that a refresh token was refused for good.
    TokenSecret refuse(TokenSecret claimed, Refusal refusal) {
        Map<String, @Nullable String> notes = freed();
        notes.put(OAuthAnnotations.REFUSED, refusal.text());
        return replacing(
                claimed,
                at -> secrets.annotate(at, notes),
                now -> now.refusal().equals(Optional.of(refusal)));
    }

    /// The tokens of a sign-in, which replace whatever is there.
    ///
    /// @param grant name of the grant Secret; empty: none
    /// @return empty: the name is taken by a Secret that is not released
    Optional<TokenSecret> adopt(ObjectRef ref, String account, StoredTokens tokens, String grant) {
        Map<String, @Nullable String> notes = freed();
        notes.put(OAuthAnnotations.SIGNED_IN, grant.isEmpty() ? null : grant);
        Map<String, String> first =
                grant.isEmpty() ? Map.of() : Map.of(OAuthAnnotations.SIGNED_IN, grant);
        return insisting(() -> {
            TokenSecret live = secrets.read(ref);
            try {
                return Optional.of(
                        Optional.of(
                                live.exists()
                                        ? secrets.store(live, tokens, notes)
                                        : secrets.create(ref, account, tokens, first)));
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                boolean foreign = !live.exists() && !secrets.read(ref).exists();
                return foreign ? Optional.of(Optional.empty()) : Optional.empty();
            }
        });
    }

    private static Map<String, @Nullable String> freed() {
        Map<String, @Nullable String> notes = new HashMap<>();
        notes.put(OAuthAnnotations.CLAIM, null);
        notes.put(OAuthAnnotations.REFUSED, null);
        return notes;
    }

    /// Writes as long as the tokens stand there that were read: others are a sibling's, a newer
    /// login's, or signed out.
    private TokenSecret replacing(
            TokenSecret claimed, UnaryOperator<TokenSecret> write, Predicate<TokenSecret> written) {
        TokenSecret[] at = {claimed};
        return insisting(() -> {
            try {
                return Optional.of(write.apply(at[0]));
            } catch (KubernetesClientException e) {
                TokenSecret now = secrets.read(claimed.ref());
                boolean other =
                        !now.uid().equals(claimed.uid()) || !now.tokens().same(claimed.tokens());
                if (other || written.test(now)) {
                    return Optional.of(now);
                }
                at[0] = now;
                throw e;
            }
        });
    }

    /// @param attempt empty: once more
    private <T> T insisting(Supplier<Optional<T>> attempt) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                Optional<T> done = attempt.get();
                if (done.isPresent()) {
                    return done.get();
                }
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    LOG.log(Level.WARNING, "tokens are not stored yet, answer {0}", e.getCode());
                }
            }
            ending.pause(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }
}

package dev.llmgateway.crds.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Who refreshes a family of tokens, as an annotation on its Secret ({@link
/// OAuthAnnotations#CLAIM}) or in the lock file of a folder. A claim that outlives its holder tells
/// the next one that the refresh token may have been spent.
///
/// @param holder name of the process
/// @param id of this one attempt
/// @param spends fingerprint of the refresh token that is about to be spent; empty: none is (client
///   credentials)
public record Claim(String holder, String id, Instant expires, String spends) {
    /// spec/oauth.md; longer than a request takes, with room to persist its answer.
    public static final Duration LIFE = Duration.ofSeconds(60);

    /// @param tokens that are to be refreshed
    public static Claim of(String holder, String id, Instant now, StoredTokens tokens) {
        return new Claim(
                holder,
                id,
                now.plus(LIFE),
                tokens.refreshToken().isEmpty() ? "" : Fingerprint.of(tokens.refreshToken()));
    }

    /// Whether another one is at it.
    public boolean live(Instant now) {
        return now.isBefore(expires);
    }

    /// Whether it ended without storing what came of it.
    boolean leftover(Instant now, StoredTokens tokens) {
        return !live(now)
                && !spends.isEmpty()
                && spends.equals(Fingerprint.of(tokens.refreshToken()));
    }

    /// `holder/id/expires/spends`.
    public String text() {
        return String.join("/", holder, id, expires.toString(), spends);
    }

    /// Empty: not a claim, which blocks nobody.
    public static Optional<Claim> read(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Claim(parts[0], parts[1], Instant.parse(parts[2]), parts[3]));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}

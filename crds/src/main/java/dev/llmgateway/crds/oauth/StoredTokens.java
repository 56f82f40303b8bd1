package dev.llmgateway.crds.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a token Secret (or token file) holds. Gateway pods see `access-token` and `resource-url` of
/// it, nothing else.
///
/// @param accessToken empty: none yet
/// @param refreshToken empty: none, a new sign-in is needed at the end
/// @param previousRefreshToken the one before; kept, since a provider may still take it
/// @param issuedAt empty: not known, as of tokens written by hand
/// @param expiresAt empty: not told
/// @param resourceURL as the provider gave it; empty: none
public record StoredTokens(
        String accessToken,
        String refreshToken,
        String previousRefreshToken,
        Optional<Instant> issuedAt,
        Optional<Instant> expiresAt,
        String resourceURL) {
    public static final String ACCESS_TOKEN = "access-token";
    public static final String RESOURCE_URL = "resource-url";

    private static final String REFRESH_TOKEN = "refresh-token";
    private static final String PREVIOUS = "previous-refresh-token";
    private static final String ISSUED_AT = "issued-at";
    private static final String EXPIRES_AT = "expires-at";

    public static final StoredTokens NONE =
            new StoredTokens("", "", "", Optional.empty(), Optional.empty(), "");

    /// @param data of the Secret, decoded; foreign keys are ignored
    public static StoredTokens of(Map<String, String> data) {
        return new StoredTokens(
                data.getOrDefault(ACCESS_TOKEN, "").strip(),
                data.getOrDefault(REFRESH_TOKEN, "").strip(),
                data.getOrDefault(PREVIOUS, "").strip(),
                instant(data.getOrDefault(ISSUED_AT, "")),
                instant(data.getOrDefault(EXPIRES_AT, "")),
                data.getOrDefault(RESOURCE_URL, "").strip());
    }

    /// After a refresh: what the answer leaves out stays.
    ///
    /// @param now when the answer came
    public StoredTokens refreshed(TokenAnswer.Tokens answer, Instant now) {
        boolean rotated =
                !answer.refreshToken().isEmpty() && !answer.refreshToken().equals(refreshToken);
        return new StoredTokens(
                answer.accessToken(),
                rotated ? answer.refreshToken() : refreshToken,
                rotated ? refreshToken : previousRefreshToken,
                Optional.of(now),
                answer.expiresIn().map(now::plus),
                answer.resourceURL().isEmpty() ? resourceURL : answer.resourceURL());
    }

    /// After a sign-in: nothing of the family before is kept.
    ///
    /// @param now when the answer came
    public static StoredTokens first(TokenAnswer.Tokens answer, Instant now) {
        return NONE.refreshed(answer, now);
    }

    /// As the Secret holds it: exactly our keys, empty ones left out.
    public Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        put(data, ACCESS_TOKEN, accessToken);
        put(data, REFRESH_TOKEN, refreshToken);
        put(data, PREVIOUS, previousRefreshToken);
        put(data, ISSUED_AT, issuedAt.map(Instant::toString).orElse(""));
        put(data, EXPIRES_AT, expiresAt.map(Instant::toString).orElse(""));
        put(data, RESOURCE_URL, resourceURL);
        return data;
    }

    /// Every key that {@link #data} may hold, so that what a new state lacks can be removed.
    public static List<String> keys() {
        return List.of(ACCESS_TOKEN, REFRESH_TOKEN, PREVIOUS, ISSUED_AT, EXPIRES_AT, RESOURCE_URL);
    }

    /// Whether calls can be made with it; a token whose end was not told is used until refused.
    public boolean usable(Instant now) {
        return !accessToken.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /// Tells access tokens apart: the first 8 hexadecimal digits of the SHA-256. Empty: there is
    /// none.
    public String fingerprint() {
        return accessToken.isEmpty() ? "" : Fingerprint.whole(accessToken).substring(0, 8);
    }

    /// Whether these are the same tokens, whatever else is written beside them.
    public boolean same(StoredTokens other) {
        return accessToken.equals(other.accessToken) && refreshToken.equals(other.refreshToken);
    }

    /// What is left of its life; empty: not told.
    public Optional<Duration> left(Instant now) {
        return expiresAt.map(end -> Duration.between(now, end));
    }

    private static void put(Map<String, String> data, String key, String value) {
        if (!value.isEmpty()) {
            data.put(key, value);
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Instant.parse(text.strip()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "StoredTokens[expiresAt=" + expiresAt.map(Instant::toString).orElse("") + "]";
    }
}

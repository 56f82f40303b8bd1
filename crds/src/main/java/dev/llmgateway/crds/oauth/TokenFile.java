package dev.llmgateway.crds.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tokens of one Secret in a folder, and how it stands with refreshing them: content of a file
/// below `.llm-gateway/oauth`. Written under the lock beside it, replaced as a whole; read by
/// anyone at any time.
///
/// @param claim of the process that is at it, or that died at it; empty: none
/// @param refusal of the refresh token; empty: none
/// @param attempts that failed in a row, shared by all processes of the folder
public record TokenFile(
        StoredTokens tokens, Optional<Claim> claim, Optional<Refusal> refusal, Attempts attempts) {
    /// Nobody has signed in yet.
    public static final TokenFile NONE =
            new TokenFile(StoredTokens.NONE, Optional.empty(), Optional.empty(), Attempts.NONE);

    /// Where these files are, below the folder of manifests.
    public static final String FOLDER = ".llm-gateway/oauth";

    /// Ends of file names: of tokens, of their lock, and of the wish for a new token now.
    public static final String SUFFIX = ".json";

    public static final String LOCK_SUFFIX = ".lock";
    public static final String WISH_SUFFIX = ".wish";

    private static final String CLAIM = "claim";
    private static final String REFUSED = "refused";
    private static final String FAILURES = "failures";
    private static final String NOT_BEFORE = "not-before";
    private static final String LAST_FAILURE = "last-failure";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A state without claim, refusal and failures: after a sign-in or a refresh.
    public static TokenFile of(StoredTokens tokens) {
        return new TokenFile(tokens, Optional.empty(), Optional.empty(), Attempts.NONE);
    }

    /// Name of the files of a Secret, without their ends.
    public static String name(String namespace, String secret) {
        return namespace + "." + secret;
    }

    public TokenFile claimed(Claim by) {
        return new TokenFile(tokens, Optional.of(by), refusal, attempts);
    }

    public TokenFile refused(Refusal why) {
        return new TokenFile(tokens, Optional.empty(), Optional.of(why), attempts);
    }

    public TokenFile failed(Attempts now) {
        return new TokenFile(tokens, Optional.empty(), refusal, now);
    }

    /// The claim stays, since the refresh token may be spent.
    public TokenFile failedUncertain(Attempts now) {
        return new TokenFile(tokens, claim, refusal, now);
    }

    /// Tells one access token from another without showing it.
    public String version() {
        return Fingerprint.of(tokens.accessToken());
    }

    /// As the file holds it; secret.
    public String text() {
        Map<String, String> values = new TreeMap<>(tokens.data());
        claim.ifPresent(each -> values.put(CLAIM, each.text()));
        refusal.ifPresent(each -> values.put(REFUSED, each.text()));
        if (attempts.failures() > 0) {
            values.put(FAILURES, String.valueOf(attempts.failures()));
            values.put(NOT_BEFORE, attempts.notBefore().toString());
            values.put(LAST_FAILURE, attempts.lastFailure());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts can always be written", e);
        }
    }

    /// Empty: not such a file; what it holds must not be lost by overwriting it.
    public static Optional<TokenFile> read(String text) {
        try {
            Map<String, String> values = JSON.readValue(text, new TypeReference<>() {});
            return values == null ? Optional.empty() : Optional.of(of(values));
        } catch (JsonProcessingException _) {
            return Optional.empty(); // what a parser says could quote a token
        }
    }

    private static TokenFile of(Map<String, String> values) {
        return new TokenFile(
                StoredTokens.of(values),
                Claim.read(values.getOrDefault(CLAIM, "")),
                Refusal.read(values.getOrDefault(REFUSED, "")),
                attempts(values));
    }

    private static Attempts attempts(Map<String, String> values) {
        try {
            return new Attempts(
                    Integer.parseInt(values.getOrDefault(FAILURES, "0")),
                    Instant.parse(values.getOrDefault(NOT_BEFORE, "")),
                    values.getOrDefault(LAST_FAILURE, ""));
        } catch (NumberFormatException | DateTimeParseException _) {
            return Attempts.NONE;
        }
    }

    @Override
    public String toString() {
        return "TokenFile[" + tokens + "]";
    }
}

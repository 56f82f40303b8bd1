package dev.llmgateway.crds.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a person's sign-in is handed to the operator as: the content of an immutable Secret that is
/// redeemed once, bound to its account by the annotation {@link OAuthAnnotations#GRANT}.
///
/// @param proof what is redeemed
/// @param expires end of the five minutes it may be redeemed in
public record LoginGrant(Proof proof, Instant expires) {
    public static final Duration LIFE = Duration.ofMinutes(5);

    /// A clock of a laptop may be this far ahead.
    private static final Duration SKEW = Duration.ofMinutes(2);

    /// What a sign-in yields.
    public sealed interface Proof {
        /// A code, and all that the token endpoint wants to see with it.
        record Code(String code, String verifier, String redirect, String state) implements Proof {
            @Override
            public String toString() {
                return "Code[hidden]";
            }
        }

        /// Tokens that were redeemed on the laptop (`--exchange=local`).
        record Redeemed(StoredTokens tokens) implements Proof {}
    }

    /// As the Secret holds it.
    public Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        data.put("grant-expires-at", expires.toString());
        switch (proof) {
            case Proof.Code(var code, var verifier, var redirect, var state) -> {
                data.put("code", code);
                data.put("verifier", verifier);
                data.put("redirect-uri", redirect);
                data.put("state", state);
            }
            case Proof.Redeemed(var tokens) -> data.putAll(tokens.data());
        }
        return data;
    }

    /// Value of the annotation.
    ///
    /// @param secret name of the Secret
    public String annotation(String secret) {
        return secret + ":" + digest(data());
    }

    /// What an annotation names.
    ///
    /// @param sha256 of the Secret's content, 64 hexadecimal digits
    public record Reference(String secret, String sha256) {
        /// Empty: not such an annotation.
        public static Optional<Reference> read(String annotation) {
            int colon = annotation.indexOf(':');
            return annotation.matches("[a-z0-9.-]{1,253}:[0-9a-f]{64}")
                    ? Optional.of(
                            new Reference(
                                    annotation.substring(0, colon),
                                    annotation.substring(colon + 1)))
                    : Optional.empty();
        }
    }

    /// What a Secret turned out to be.
    public sealed interface Reading {
        /// To be redeemed.
        record Valid(LoginGrant grant) implements Reading {}

        /// Somebody else's: neither to be redeemed nor to be deleted.
        ///
        /// @param why without secrets
        record Foreign(String why) implements Reading {}

        /// Not to be redeemed.
        ///
        /// @param why without secrets
        record Invalid(String why) implements Reading {}
    }

    /// @param data of the Secret, decoded
    public static Reading read(Reference reference, Map<String, String> data, Instant now) {
        if (!Fingerprint.same(digest(data), reference.sha256())) {
            return new Reading.Foreign("the grant is not the one the annotation names");
        }
        Optional<Instant> expires = instant(data.getOrDefault("grant-expires-at", ""));
        if (expires.isEmpty()) {
            return new Reading.Invalid("the grant does not say when it ends");
        }
        if (!now.isBefore(expires.get())) {
            return new Reading.Invalid("the sign-in took too long: it ended at " + expires.get());
        }
        if (expires.get().isAfter(now.plus(LIFE).plus(SKEW))) {
            return new Reading.Invalid("the grant claims to last longer than five minutes");
        }
        return proof(data)
                .<Reading>map(proof -> new Reading.Valid(new LoginGrant(proof, expires.get())))
                .orElseGet(() -> new Reading.Invalid("the grant holds neither code nor tokens"));
    }

    private static Optional<Proof> proof(Map<String, String> data) {
        String code = data.getOrDefault("code", "");
        String verifier = data.getOrDefault("verifier", "");
        if (!code.isEmpty() && !verifier.isEmpty()) {
            return Optional.of(
                    new Proof.Code(
                            code,
                            verifier,
                            data.getOrDefault("redirect-uri", ""),
                            data.getOrDefault("state", "")));
        }
        StoredTokens tokens = StoredTokens.of(data);
        return tokens.accessToken().isEmpty()
                ? Optional.empty()
                : Optional.of(new Proof.Redeemed(tokens));
    }

    private static String digest(Map<String, String> data) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(data)
                .forEach((key, value) ->
                        text.append(key)
                                .append('=')
                                .append(value.length())
                                .append(':')
                                .append(value)
                                .append('\n'));
        return Fingerprint.whole(text.toString());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "LoginGrant[" + expires + "]";
    }
}

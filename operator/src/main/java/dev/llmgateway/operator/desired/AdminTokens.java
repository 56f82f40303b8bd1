package dev.llmgateway.operator.desired;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The two tokens of the admin ports. Pods accept both; readers use the current one. A rotation
/// makes the next one current, which pods know for long, so it holds although mounts lag.
///
/// @param idKey that ids of stored responses are sealed with (decision 105), hexadecimal; it stays,
///   or clients could not go on with what they have
/// @param madeAt when the next one was made, to the second
public record AdminTokens(String current, String next, String idKey, Instant madeAt) {
    /// Data keys of the Secret.
    static final String CURRENT = "token";

    static final String NEXT = "next-token";
    static final String ID_KEY = "id-key";

    /// Annotation of the Secret.
    static final String MADE_AT = "llm-gateway.dev/rotated-at";

    private static final Duration LIFE = Duration.ofDays(30);
    private static final int BYTES = 32;

    @Override
    public String toString() {
        return "AdminTokens[of " + madeAt + "]";
    }

    /// What the Secret should hold: what it holds, as long as that is whole and young enough.
    ///
    /// @param random a secure one
    public static AdminTokens of(Optional<AdminTokens> live, RandomGenerator random, Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        if (live.isEmpty()) {
            return new AdminTokens(token(random), token(random), idKey(random), second);
        }
        AdminTokens known = live.get();
        return now.isBefore(known.madeAt.plus(LIFE))
                ? known
                : new AdminTokens(known.next, token(random), known.idKey, second);
    }

    /// Empty: a key is missing, or somebody else wrote there.
    ///
    /// @param data of the Secret, base64
    public static Optional<AdminTokens> read(
            Map<String, String> data, Map<String, String> annotations) {
        try {
            @Nullable String madeAt = annotations.get(MADE_AT);
            Optional<String> current = text(data.get(CURRENT));
            Optional<String> next = text(data.get(NEXT));
            Optional<String> idKey = text(data.get(ID_KEY));
            return madeAt == null || current.isEmpty() || next.isEmpty() || idKey.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new AdminTokens(
                                    current.get(), next.get(), idKey.get(), Instant.parse(madeAt)));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(@Nullable String base64) {
        return Optional.ofNullable(base64)
                .map(value ->
                        new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII))
                .filter(text -> !text.isBlank());
    }

    private static String token(RandomGenerator random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random));
    }

    private static String idKey(RandomGenerator random) {
        return HexFormat.of().formatHex(bytes(random));
    }

    private static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}

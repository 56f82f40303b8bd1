package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.model.Slice;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Anthropic's `metadata.user_id`: an id of any form, which Claude Code also tells its session in
/// (translation.md 2.9).
public final class EndUser {
    /// Longest `prompt_cache_key` and `safety_identifier` that OpenAI takes.
    private static final int MOST = 64;

    private static final Pattern OLDER =
            Pattern.compile("user_[0-9a-f]{64}_account_[0-9a-zA-Z-]*_session_([0-9a-zA-Z-]+)");

    private EndUser() {}

    /// 64 hexadecimal digits that tell the same user again, but not who it is.
    public static String identifier(String userId) {
        return HexFormat.of().formatHex(sha256().digest(userId.getBytes(UTF_8)));
    }

    /// The session's id; empty: the user's id tells none.
    public static String session(String userId) {
        String session = userId.startsWith("{") ? newer(userId) : older(userId);
        return session.length() <= MOST ? session : identifier(session);
    }

    /// `{device_id,account_uuid,session_id}`.
    private static String newer(String userId) {
        try {
            return JsonCursor.decoded(
                    JsonMembers.string(JsonCursor.of(Slice.of(userId)), "session_id"));
        } catch (MalformedJson _) {
            return "";
        }
    }

    private static String older(String userId) {
        Matcher matcher = OLDER.matcher(userId);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java platform has SHA-256", broken);
        }
    }
}

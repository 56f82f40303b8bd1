package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// What replaces a name or an id that not all formats take.
final class ToolAlias {
    private static final int MOST = 64;

    /// Characters that stay in front of `_` and the hash.
    private static final int KEPT = 55;

    private static final int HASH_BYTES = 4;
    private static final int ID_CHARACTERS = 27;

    private ToolAlias() {}

    /// Whether a text is `^[a-zA-Z0-9_-]{1,64}$`.
    static boolean isLegal(String text) {
        if (text.isEmpty() || text.length() > MOST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isLegal(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    /// Bad characters become `_`; a long name gets its hash.
    static String plain(String name) {
        return name.length() > MOST ? hashed(name, name) : replaced(name);
    }

    /// @param salted what is hashed: the name, or that and more when even its hash is taken
    static String hashed(String name, String salted) {
        String head = replaced(name.substring(0, Math.min(KEPT, name.length())));
        return head + "_" + HexFormat.of().formatHex(sha256(salted), 0, HASH_BYTES);
    }

    private static String replaced(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            out.append(isLegal(name.charAt(i)) ? name.charAt(i) : '_');
        }
        return out.toString();
    }

    /// Depends on the id alone, so that call and result keep meeting in later requests.
    static String callId(String id) {
        if (isLegal(id)) {
            return id;
        }
        String hash = Base64.getUrlEncoder().encodeToString(sha256(id));
        return "call_" + hash.substring(0, ID_CHARACTERS);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package dev.llmgateway.runtime.upstream;

import java.util.List;
import java.util.Locale;

/// The client headers that go upstream, and no others (spec/http.md, Headers).
final class AllowedHeaders {
    private static final String[] NAMES = {
        "content-type",
        "accept",
        "user-agent",
        "x-app",
        "version",
        "x-client-request-id",
        "x-session-affinity",
        "x-session-id",
        "originator",
        "session-id",
        "session_id",
        "thread-id",
        "conversation_id",
        "traceparent",
        "tracestate",
        "idempotency-key"
    };

    private static final String[] PREFIXES = {
        "anthropic-", "openai-", "x-stainless-", "x-claude-code-", "x-codex-"
    };

    private AllowedHeaders() {}

    /// @param more the account's `headers.forward`
    static boolean passes(CharSequence name, List<String> more) {
        for (String allowed : NAMES) {
            if (same(name, allowed)) {
                return true;
            }
        }
        for (String prefix : PREFIXES) {
            if (name.length() > prefix.length() && starts(name, prefix)) {
                return true;
            }
        }
        for (String allowed : more) {
            if (same(name, allowed)) {
                return true;
            }
        }
        return false;
    }

    /// Equal but for the case of ASCII letters.
    static boolean same(CharSequence name, String other) {
        return name.length() == other.length() && starts(name, other);
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean starts(CharSequence name, String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (lower(name.charAt(i)) != lower(prefix.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}

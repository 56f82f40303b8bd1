package dev.llmgateway.runtime.upstream;

import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;

/// What each client header means on its way upstream (http.md, Headers). Looked up without
/// allocation and without regard to case.
final class HeaderNames {
    /// Why a header may or may not pass.
    enum Kind {
        /// Means the same for every upstream.
        General,
        /// `content-type`: passes with the body it describes.
        ContentType,
        /// Passes when the formats match.
        Vendor,
        /// Passes to an upstream of Anthropic's formats when the formats match.
        Anthropic,
        AnthropicBeta,
        AnthropicVersion,
        /// Passes to an upstream of OpenAI's formats when the formats match.
        OpenAi,
        /// Chooses whose account pays: only beside the caller's own credential.
        Tenant,
        /// A provider credential: only where the caller's own is passed through.
        Credential,
        /// On no list: only when the account forwards it.
        Other
    }

    /// A header that is looked up by its whole name.
    ///
    /// @param bit own bit in a mask of names already written; 0: may be repeated
    record Known(AsciiString name, Kind kind, long bit) {}

    private static final Known OTHER = new Known(AsciiString.EMPTY_STRING, Kind.Other, 0);
    private static final Known VENDOR = new Known(AsciiString.EMPTY_STRING, Kind.Vendor, 0);
    private static final Known ANTHROPIC = new Known(AsciiString.EMPTY_STRING, Kind.Anthropic, 0);
    private static final Known OPEN_AI = new Known(AsciiString.EMPTY_STRING, Kind.OpenAi, 0);

    /// Power of two, sparse: most look-ups end at the first slot.
    private static final Known[] TABLE = new Known[128];

    private static int bits;

    static {
        once(Kind.ContentType, "content-type");
        repeatable(Kind.General, "accept", "tracestate");
        once(Kind.General, "user-agent", "traceparent", "idempotency-key", "x-client-request-id");
        once(Kind.General, "x-session-affinity", "x-session-id");
        once(Kind.Vendor, "x-app", "version", "originator", "session-id", "session_id");
        once(Kind.Vendor, "thread-id", "conversation_id");
        repeatable(Kind.AnthropicBeta, "anthropic-beta");
        once(Kind.AnthropicVersion, "anthropic-version");
        once(Kind.Tenant, "openai-organization", "openai-project");
        once(Kind.Credential, "authorization", "x-api-key", "api-key", "x-goog-api-key");
    }

    /// Names no configuration may touch, written with `-`: many servers read `_` as `-`.
    private static final Set<String> RESERVED =
            Set.of(
                    "authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "x-llm-gateway-key",
                    "cookie",
                    "cookie2",
                    "set-cookie",
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "content-encoding",
                    "accept-encoding",
                    "connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "upgrade",
                    "http2-settings",
                    "expect",
                    "forwarded",
                    "x-real-ip",
                    "via");

    private HeaderNames() {}

    static Known find(CharSequence name) {
        for (int slot = slot(name); ; slot = next(slot)) {
            Known known = TABLE[slot];
            if (known == null) {
                return byPrefix(name);
            }
            if (known.name.contentEqualsIgnoreCase(name)) {
                return known;
            }
        }
    }

    /// Whether an account may add or forward a header of this name.
    static boolean mayBeConfigured(CharSequence name) {
        String plain = name.toString().toLowerCase(Locale.ROOT).replace('_', '-');
        return !RESERVED.contains(plain)
                && !plain.startsWith("proxy-")
                && !plain.startsWith("x-forwarded-");
    }

    private static Known byPrefix(CharSequence name) {
        if (starts(name, "anthropic-")) {
            return ANTHROPIC;
        }
        if (starts(name, "openai-")) {
            return OPEN_AI;
        }
        boolean vendor =
                starts(name, "x-stainless-")
                        || starts(name, "x-claude-code-")
                        || starts(name, "x-codex-");
        return vendor ? VENDOR : OTHER;
    }

    private static boolean starts(CharSequence name, String prefix) {
        return AsciiString.regionMatches(name, true, 0, prefix, 0, prefix.length());
    }

    private static void once(Kind kind, String... names) {
        for (String name : names) {
            put(new Known(AsciiString.cached(name), kind, 1L << bits++));
        }
    }

    private static void repeatable(Kind kind, String... names) {
        for (String name : names) {
            put(new Known(AsciiString.cached(name), kind, 0));
        }
    }

    private static void put(Known known) {
        int slot = slot(known.name);
        while (TABLE[slot] != null) {
            slot = next(slot);
        }
        TABLE[slot] = known;
    }

    private static int slot(CharSequence name) {
        int hash = AsciiString.hashCode(name);
        return (hash ^ hash >>> 16) & (TABLE.length - 1);
    }

    private static int next(int slot) {
        return (slot + 1) & (TABLE.length - 1);
    }
}

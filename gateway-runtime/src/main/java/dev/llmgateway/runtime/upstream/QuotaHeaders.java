package dev.llmgateway.runtime.upstream;

import dev.llmgateway.runtime.model.Headroom;
import dev.llmgateway.runtime.transport.ResponseHead;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Reads what a reply's rate-limit headers say of the account's quota (translation.md 5.5). Pure;
/// what cannot be read counts as absent.
///
/// The limit with the least left decides, of equals the one that is full again last.
public final class QuotaHeaders {
    private static final String ANTHROPIC = "anthropic-ratelimit-";
    private static final String UNIFIED = ANTHROPIC + "unified-";
    private static final String OPENAI = "x-ratelimit-";
    private static final String CODEX = "x-codex-";

    /// Windows of the whole account; those of one model must not keep the others out.
    private static final List<String> WINDOWS = List.of("5h", "7d");

    private static final Map<String, String> CLAIMS = Map.of("five_hour", "5h", "seven_day", "7d");

    private final Map<String, String> lines = new HashMap<>();
    private final int status;
    private final long now;
    private Headroom least = Headroom.UNKNOWN;

    private QuotaHeaders(int status, long nowMillis) {
        this.status = status;
        this.now = nowMillis;
    }

    /// @param nowMillis wall clock that durations count from
    /// @return `Headroom.UNKNOWN` when the head names no limit
    public static Headroom read(ResponseHead head, long nowMillis) {
        QuotaHeaders quota = new QuotaHeaders(head.status(), nowMillis);
        head.forEachHeader(quota::line);
        return quota.lines.isEmpty() ? Headroom.UNKNOWN : quota.headroom();
    }

    private void line(CharSequence name, CharSequence value) {
        char first = name.isEmpty() ? ' ' : name.charAt(0);
        if (first != 'a' && first != 'A' && first != 'x' && first != 'X') {
            return;
        }
        String lower = name.toString().toLowerCase(Locale.ROOT);
        if (lower.startsWith(ANTHROPIC) || lower.startsWith(OPENAI) || lower.startsWith(CODEX)) {
            lines.putIfAbsent(lower, value.toString().strip());
        }
    }

    private Headroom headroom() {
        if (rejected()) {
            return rejection();
        }
        for (String limit : List.of("requests", "tokens", "input-tokens", "output-tokens")) {
            String name = ANTHROPIC + limit;
            counted(limit, name + "-remaining", name + "-limit", name + "-reset");
        }
        for (String limit : List.of("requests", "tokens")) {
            counted(
                    limit,
                    OPENAI + "remaining-" + limit,
                    OPENAI + "limit-" + limit,
                    OPENAI + "reset-" + limit);
        }
        for (String window : WINDOWS) {
            String name = UNIFIED + window;
            used("unified-" + window, number(name + "-utilization"), 1, name + "-reset");
        }
        for (String window : List.of("primary", "secondary")) {
            String name = CODEX + window;
            used("codex-" + window, number(name + "-used-percent"), 100, name + "-reset-at");
        }
        return least;
    }

    /// Anthropic says so itself; with overage allowed the account goes on for money. Codex names
    /// the share used, and only a refusal beside it makes a full window a rejected one: a burst 429
    /// is none.
    private boolean rejected() {
        return status >= 400
                && ((text(UNIFIED + "status").equals("rejected")
                                && !text(UNIFIED + "overage-status").startsWith("allowed"))
                        || !fullOfCodex().isEmpty());
    }

    private Headroom rejection() {
        String codex = fullOfCodex();
        if (!codex.isEmpty()) {
            return new Headroom(0, reset(CODEX + codex + "-reset-at"), "codex-" + codex, true);
        }
        String claim = text(UNIFIED + "representative-claim");
        String window = CLAIMS.getOrDefault(claim, claim);
        long reset = reset(UNIFIED + "reset");
        if (reset == 0) {
            reset = reset(UNIFIED + window + "-reset");
        }
        String name = window.isEmpty() ? "unified" : "unified-" + window;
        return new Headroom(0, reset, name, true);
    }

    /// The longer window first: it opens later.
    private String fullOfCodex() {
        for (String window : List.of("secondary", "primary")) {
            OptionalDouble used = number(CODEX + window + "-used-percent");
            if (used.isPresent() && used.getAsDouble() >= 100) {
                return window;
            }
        }
        return "";
    }

    private void counted(String window, String remaining, String limit, String reset) {
        OptionalDouble left = number(remaining);
        OptionalDouble all = number(limit);
        if (left.isEmpty()) {
            return;
        }
        if (left.getAsDouble() == 0) {
            note(0, reset, window);
        } else if (all.isPresent() && all.getAsDouble() > 0) {
            note(left.getAsDouble() / all.getAsDouble(), reset, window);
        }
    }

    private void used(String window, OptionalDouble used, double all, String reset) {
        if (used.isPresent()) {
            note(1 - used.getAsDouble() / all, reset, window);
        }
    }

    private void note(double share, String resetName, String window) {
        double left = Math.clamp(share, 0, 1);
        long reset = reset(resetName);
        boolean tighter =
                least.window().isEmpty()
                        || left < least.left()
                        || (left <= least.left() && reset > least.resetAtMillis());
        if (tighter) {
            least = new Headroom(left, reset, window, false);
        }
    }

    private long reset(String name) {
        return QuotaTimes.epochMillis(text(name), now);
    }

    private OptionalDouble number(String name) {
        return QuotaTimes.number(text(name));
    }

    private String text(String name) {
        @Nullable String value = lines.get(name);
        return value == null ? "" : value;
    }
}

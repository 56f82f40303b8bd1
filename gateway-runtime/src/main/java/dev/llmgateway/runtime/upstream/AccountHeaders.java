package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.HeaderPlan;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An account's `headers.add` and `headers.forward`, prepared. Names that could touch credential or
/// framing, and texts that could end a line, are left out even if a plan should hold them.
final class AccountHeaders {
    private static final AsciiString BETA = AsciiString.cached("anthropic-beta");
    private static final AsciiString VERSION = AsciiString.cached("anthropic-version");

    /// RFC 9110, 5.6.2.
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final List<AsciiString> added = new ArrayList<>();
    private final List<AsciiString> forwarded = new ArrayList<>();
    private final List<String> betas = new ArrayList<>();
    private String version = "";
    private final byte[] lines;

    AccountHeaders(List<HeaderPlan> add, List<String> forward) {
        StringBuilder text = new StringBuilder();
        for (HeaderPlan header : add) {
            AsciiString name = AsciiString.of(header.name()).toLowerCase();
            if (!HeaderNames.mayBeConfigured(name) || !wellFormed(header)) {
                continue;
            }
            if (name.equals(BETA)) {
                betas.addAll(BetaList.split(header.value()));
                continue;
            }
            if (name.equals(VERSION)) {
                version = header.value();
            }
            added.add(name);
            text.append(name).append(": ").append(header.value()).append("\r\n");
        }
        for (String name : forward) {
            AsciiString lower = AsciiString.of(name).toLowerCase();
            if (HeaderNames.mayBeConfigured(lower)) {
                forwarded.add(lower);
            }
        }
        this.lines = text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether the account sets this header itself, so that the client's lines are left out.
    boolean adds(CharSequence name) {
        return contains(added, name);
    }

    boolean forwards(CharSequence name) {
        return contains(forwarded, name);
    }

    /// Header lines as they go on the wire; `anthropic-beta` is not among them.
    byte[] lines() {
        return lines;
    }

    /// Values for `anthropic-beta`, which is a list: they join the client's.
    List<String> betas() {
        return betas;
    }

    /// The account's own `anthropic-version`; empty: none.
    String version() {
        return version;
    }

    private static boolean wellFormed(HeaderPlan header) {
        return TOKEN.matcher(header.name()).matches()
                && header.value().chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static boolean contains(List<AsciiString> names, CharSequence name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}

package dev.llmgateway.runtime.upstream;

import java.util.Locale;
import java.util.Set;

/// Passes the harmless parameters of a client's query on: some providers also read credentials from
/// the query, and a caller must not shadow the account's.
final class QueryFilter {
    /// Compared without `-`, `_` and case.
    private static final Set<String> CREDENTIALS =
            Set.of(
                    "key",
                    "apikey",
                    "xapikey",
                    "xgoogapikey",
                    "accesstoken",
                    "token",
                    "auth",
                    "authorization",
                    "bearer",
                    "oauthtoken",
                    "subscriptionkey",
                    "signature",
                    "sig");

    private QueryFilter() {}

    /// The parameters that may pass, in order, joined by `&`; empty when none may.
    static String filter(String query) {
        if (query.isEmpty()) {
            return query;
        }
        StringBuilder kept = new StringBuilder(query.length());
        for (String parameter : query.split("&", -1)) {
            if (passes(parameter)) {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return kept.toString();
    }

    private static boolean passes(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        // Lists are written `include[]=`, by some clients with encoded brackets.
        String bare = name.replace("%5B%5D", "").replace("%5b%5d", "").replace("[]", "");
        return !bare.isEmpty()
                && bare.chars().allMatch(SafePath::unreserved)
                && !CREDENTIALS.contains(folded(bare))
                && safeValue(value);
    }

    private static String folded(String name) {
        return name.replaceAll("[-_.~]", "").toLowerCase(Locale.ROOT);
    }

    private static boolean safeValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escape = c == '%' && i + 2 < value.length() && hex(value, i + 1);
            if (!SafePath.unreserved(c) && "+,:@/=!*".indexOf(c) < 0 && !escape) {
                return false;
            }
        }
        return true;
    }

    private static boolean hex(String value, int at) {
        return Character.digit(value.charAt(at), 16) >= 0
                && Character.digit(value.charAt(at + 1), 16) >= 0;
    }
}

package dev.llmgateway.runtime.upstream;

/// Which query strings go upstream: `beta` (Claude Code sends `?beta=true`) and `api-version`
/// (Azure), nothing else.
final class SafeQuery {
    private SafeQuery() {}

    static boolean passes(String query) {
        if (query.isEmpty()) {
            return false;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.equals("beta") && !name.equals("api-version") || !plain(pair, equals + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean plain(String pair, int from) {
        for (int i = from; i < pair.length(); i++) {
            char c = pair.charAt(i);
            boolean letter =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return true;
    }
}

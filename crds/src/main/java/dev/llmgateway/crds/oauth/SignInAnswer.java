package dev.llmgateway.crds.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a person brings back from the sign-in page: the query of a redirect, or what was pasted.
public sealed interface SignInAnswer {
    /// Signed in.
    record Code(String code) implements SignInAnswer {
        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /// The answer belongs to another sign-in: an old page, or an attack.
    record WrongState() implements SignInAnswer {}

    /// The answer comes from another issuer (RFC 9207).
    record WrongIssuer(String issuer) implements SignInAnswer {}

    /// The person or the provider said no.
    ///
    /// @param error `access_denied` and the like
    record Denied(String error) implements SignInAnswer {}

    /// Neither a code nor a redirect.
    record Unreadable() implements SignInAnswer {}

    /// @param text `CODE`, `CODE#STATE`, or the whole redirect address
    /// @param state that the sign-in was begun with
    /// @param authorizeURL of the sign-in page, whose origin an `iss` must have
    static SignInAnswer pasted(String text, String state, String authorizeURL) {
        String trimmed = text.strip();
        if (trimmed.startsWith("http://") || trimmed.startsWith("https://")) {
            return address(trimmed, state, authorizeURL);
        }
        int mark = trimmed.indexOf('#');
        if (mark >= 0 && !Fingerprint.same(trimmed.substring(mark + 1), state)) {
            return new WrongState();
        }
        String code = mark < 0 ? trimmed : trimmed.substring(0, mark);
        boolean plain = !code.isEmpty() && code.chars().allMatch(c -> c > ' ' && c < 127);
        return plain ? new Code(code) : new Unreadable();
    }

    private static SignInAnswer address(String text, String state, String authorizeURL) {
        try {
            String query = new URI(text).getRawQuery();
            return query == null ? new Unreadable() : redirect(query, state, authorizeURL);
        } catch (URISyntaxException _) {
            return new Unreadable();
        }
    }

    /// @param query of the redirect, without its question mark
    static SignInAnswer redirect(String query, String state, String authorizeURL) {
        Map<String, String> values = values(query);
        if (!Fingerprint.same(values.getOrDefault("state", ""), state)) {
            return new WrongState();
        }
        String issuer = values.getOrDefault("iss", "");
        if (!issuer.isEmpty() && !origin(issuer).equals(origin(authorizeURL))) {
            return new WrongIssuer(issuer);
        }
        String error = values.getOrDefault("error", "");
        if (!error.isEmpty()) {
            return new Denied(ErrorWord.of(error));
        }
        String code = values.getOrDefault("code", "");
        return code.isEmpty() ? new Unreadable() : new Code(code);
    }

    private static Map<String, String> values(String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return ""; // a broken escape says nothing
        }
    }

    private static String origin(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme() + "://" + uri.getRawAuthority();
        } catch (URISyntaxException _) {
            return "";
        }
    }
}

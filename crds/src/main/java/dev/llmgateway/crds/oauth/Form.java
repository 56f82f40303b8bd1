package dev.llmgateway.crds.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One POST to a sign-in endpoint, `application/x-www-form-urlencoded`, to be sent with `accept:
/// application/json` and given up after {@link #TIMEOUT_MILLIS}.
///
/// @param authorization value of that header (RFC 6749, 2.3.1); empty: none
/// @param body form-encoded; holds secrets
public record Form(String url, Optional<String> authorization, String body) {
    /// spec/oauth.md: token requests take at most 15 s.
    public static final long TIMEOUT_MILLIS = 15_000;

    /// Most bytes of an answer that are read.
    public static final int MOST_ANSWER_BYTES = 64 * 1024;

    @Override
    public String toString() {
        return "Form[" + url + ", hidden]";
    }

    /// Parameters in the order they were added.
    static final class Parameters {
        private final List<String> pairs = new ArrayList<>();

        Parameters with(String name, String value) {
            pairs.add(encode(name) + "=" + encode(value));
            return this;
        }

        Parameters unlessEmpty(String name, String value) {
            return value.isEmpty() ? this : with(name, value);
        }

        String text() {
            return String.join("&", pairs);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

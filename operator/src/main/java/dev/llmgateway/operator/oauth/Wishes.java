package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.OAuthAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/// What people ask for by annotations on an account, each as its text; empty: nothing.
record Wishes(String grant, String device, String refresh, String logout) {
    /// @param annotation one of the four
    String of(String annotation) {
        return switch (annotation) {
            case OAuthAnnotations.GRANT -> grant;
            case OAuthAnnotations.DEVICE -> device;
            case OAuthAnnotations.REFRESH -> refresh;
            default -> logout;
        };
    }

    /// @param fulfilled texts by annotation
    Wishes without(Map<String, String> fulfilled) {
        return new Wishes(
                left(fulfilled, OAuthAnnotations.GRANT),
                left(fulfilled, OAuthAnnotations.DEVICE),
                left(fulfilled, OAuthAnnotations.REFRESH),
                left(fulfilled, OAuthAnnotations.LOGOUT));
    }

    private String left(Map<String, String> fulfilled, String annotation) {
        String text = of(annotation);
        return text.equals(fulfilled.get(annotation)) ? "" : text;
    }

    static Wishes of(HasMetadata account) {
        Map<String, String> written = account.getMetadata().getAnnotations();
        Map<String, String> notes = written == null ? Map.of() : written;
        return new Wishes(
                notes.getOrDefault(OAuthAnnotations.GRANT, ""),
                notes.getOrDefault(OAuthAnnotations.DEVICE, ""),
                notes.getOrDefault(OAuthAnnotations.REFRESH, ""),
                notes.getOrDefault(OAuthAnnotations.LOGOUT, ""));
    }
}

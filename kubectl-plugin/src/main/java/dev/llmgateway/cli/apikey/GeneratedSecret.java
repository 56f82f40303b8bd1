package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Progress;
import dev.llmgateway.cli.verb.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// The Secret in which the operator keeps a generated key.
final class GeneratedSecret {
    private static final Duration LOOK = Duration.ofMillis(300);

    private GeneratedSecret() {}

    /// Waits until the operator has written the key of a revision, and returns it.
    static String await(
            Session session,
            ClusterObjects objects,
            String name,
            String secret,
            int revision,
            Duration within) {
        String[] words = {session.text("waitingForKey", name)};
        return new Progress(session)
                .until(
                        within,
                        LOOK,
                        () -> words[0],
                        () -> {
                            Optional<JsonNode> found =
                                    objects.find("secret", secret)
                                            .filter(each -> revision(each) >= revision);
                            if (found.isEmpty()) {
                                words[0] = why(session, objects, name);
                            }
                            return found.map(each -> value(each, "api-key"));
                        });
    }

    private static String why(Session session, ClusterObjects objects, String name) {
        JsonNode accepted = Facts.condition(objects.read(Kind.KEY, name), "SecretReady");
        String message = accepted.path("message").asText();
        return message.isEmpty()
                ? session.text("waitingForKey", name)
                : session.text(
                        "waitingBecause",
                        Kind.KEY.kind(),
                        name,
                        accepted.path("reason").asText(),
                        message);
    }

    private static int revision(JsonNode secret) {
        String text = value(secret, "revision");
        return text.matches("[0-9]{1,9}") && !value(secret, "api-key").isEmpty()
                ? Integer.parseInt(text)
                : 0;
    }

    private static String value(JsonNode secret, String key) {
        byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(key).asText());
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

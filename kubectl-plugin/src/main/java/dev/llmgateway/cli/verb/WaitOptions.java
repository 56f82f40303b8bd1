package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.crds.api.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// Whether and how long a verb waits until its change is in force.
public final class WaitOptions {
    private static final Duration LOOK = Duration.ofMillis(500);

    @Option(names = "--wait", description = "Wait until the object is ready.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long to wait at most. Default: 60s.")
    private String timeout = "60s";

    public boolean asked() {
        return wait;
    }

    public Duration timeout() {
        return duration(timeout);
    }

    /// @throws Failure no duration such as `90s` or `24h`
    public static Duration duration(String text) {
        OptionalLong millis = Durations.parse(text);
        return Duration.ofMillis(
                millis.orElseThrow(() -> new Failure(ExitCode.USAGE, "badDuration", text)));
    }

    /// Waits for `Ready` where it was asked for.
    public void ready(Session session, Kind kind, String name) {
        if (wait) {
            until(session, kind, name, Facts::ready);
        }
    }

    /// @param done whether the object is as it should be
    private void until(
            Session session, Kind kind, String name, java.util.function.Predicate<JsonNode> done) {
        String[] words = {session.text("waitingFor", kind.kind(), name)};
        new Progress(session)
                .until(
                        timeout(),
                        LOOK,
                        () -> words[0],
                        () -> {
                            JsonNode object = session.objects().read(kind, name);
                            JsonNode ready = Facts.condition(object, "Ready");
                            words[0] =
                                    session.text(
                                            "waitingBecause",
                                            kind.kind(),
                                            name,
                                            ready.path("reason").asText("Pending"),
                                            ready.path("message").asText());
                            return done.test(object) ? Optional.of(object) : Optional.empty();
                        });
    }
}

package dev.llmgateway.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Change;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Progress;
import dev.llmgateway.cli.verb.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Asks the operator for something by an annotation on an account and waits for what comes of it.
final class OperatorWatch {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Session session;
    private final String name;
    private final OperatorView before;
    private final Duration patience;

    private OperatorWatch(Session session, String name, OperatorView before, Duration patience) {
        this.session = session;
        this.name = name;
        this.before = before;
        this.patience = patience;
    }

    /// @param account as it was before anything is asked
    static OperatorWatch begin(Session session, JsonNode account, Duration patience) {
        return new OperatorWatch(session, Facts.name(account), OperatorView.of(account), patience);
    }

    /// Sets an annotation.
    void ask(String annotation, String text) {
        session.objects()
                .edit(
                        Kind.ACCOUNT,
                        name,
                        List.of(Edit.set(Json.text(text), "metadata", "annotations", annotation)),
                        new Change("none", false));
    }

    /// Waits for the end of what was asked for.
    ///
    /// @throws Failure it ended badly, in the operator's words, or not in time
    OperatorView untilEnded(String waiting) {
        return until(waiting, this::ended);
    }

    private Optional<OperatorView> ended(OperatorView now) {
        if (!now.endedSince(before)) {
            return Optional.empty();
        }
        if (!now.good()) {
            throw new Failure(ExitCode.FAILURE, "operatorRefused", name, now.result());
        }
        return Optional.of(now);
    }

    /// Waits for a code to type somewhere, or for an early end.
    OperatorView untilInvited() {
        return until(
                "waitingForDeviceCode",
                now ->
                        now.invites() && !now.userCode().equals(before.userCode())
                                ? Optional.of(now)
                                : ended(now));
    }

    void untilValid() {
        until(
                "waitingForOperator",
                now -> now.valid().equals("True") ? Optional.of(now) : Optional.empty());
    }

    private OperatorView until(
            String waiting, Function<OperatorView, Optional<OperatorView>> done) {
        String[] words = {session.text(waiting, name)};
        return new Progress(session)
                .until(
                        patience,
                        LOOK,
                        () -> words[0],
                        () -> {
                            OperatorView now =
                                    OperatorView.of(session.objects().read(Kind.ACCOUNT, name));
                            words[0] =
                                    now.reason().isEmpty()
                                            ? session.text(waiting, name)
                                            : session.text(waiting, name)
                                                    + " ("
                                                    + now.reason()
                                                    + ")";
                            return done.apply(now);
                        });
    }
}

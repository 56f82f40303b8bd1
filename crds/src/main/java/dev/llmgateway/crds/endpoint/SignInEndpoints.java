package dev.llmgateway.crds.endpoint;

import dev.llmgateway.crds.oauth.DeviceAnswer;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.EgressPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Asks an account's identity provider, in the account's own way to the network: its proxy, its
/// trusted roots, its guard on addresses. Redirects are not followed. Blocks for 15 s at most, and
/// while a name is resolved.
///
/// A socket and HTTP/1.1 are enough for it, and connect exactly the address that was judged, which
/// no HTTP client of the platform does.
public record SignInEndpoints(EgressPlan egress) {
    private static final Duration PATIENCE = Duration.ofMillis(Form.TIMEOUT_MILLIS);

    /// A call that may have failed.
    private sealed interface Call {
        record Answered(Answer answer) implements Call {}

        record Failed(String why, boolean sent) implements Call {}
    }

    public Reply ask(Form form) {
        return switch (call(form)) {
            case Call.Answered(var answer) -> Reply.of(answer);
            case Call.Failed(var why, var sent) -> Reply.failed(why, sent);
        };
    }

    public TokenAnswer token(Form form) {
        return ask(form).answer();
    }

    public DeviceAnswer device(Form form) {
        return switch (call(form)) {
            case Call.Answered(var answer) ->
                    DeviceAnswer.read(answer.status(), answer.body(), answer.retryAfter());
            case Call.Failed(var why, _) -> new DeviceAnswer.Failed(why, Optional.empty());
        };
    }

    /// Empty: done. Else why not.
    public Optional<String> revoke(Form form) {
        return switch (call(form)) {
            case Call.Answered(var answer) when answer.status() == 200 -> Optional.empty();
            case Call.Answered(var answer) -> Optional.of("answered " + answer.status());
            case Call.Failed(var why, _) -> Optional.of(why);
        };
    }

    private Call call(Form form) {
        boolean sent = false;
        Deadline deadline = Deadline.in(PATIENCE);
        try (Connection connection = Connection.open(form.url(), egress, deadline)) {
            sent = true; // from here on some of it may have arrived
            connection.send(form);
            return new Call.Answered(Answer.read(connection.in()));
        } catch (IOException e) {
            return new Call.Failed(why(e), sent);
        }
    }

    /// Of a refusal its text, which is ours; of the platform's only the kind, since it may quote
    /// what was sent.
    private static String why(IOException problem) {
        return problem instanceof EndpointProblem own
                ? own.text()
                : "could not be reached (" + problem.getClass().getSimpleName() + ")";
    }
}

package dev.llmgateway.cli.endpoint;

import dev.llmgateway.crds.oauth.DeviceAnswer;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.EgressPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Asks an account's identity provider, in the account's own way to the network: its proxy, its
/// trusted roots, its guard on addresses. Redirects are not followed.
///
/// A socket and HTTP/1.1 are enough for it, and need no HTTP client in the package.
public record SignInEndpoints(EgressPlan egress) {
    private static final Duration PATIENCE = Duration.ofMillis(Form.TIMEOUT_MILLIS);

    public TokenAnswer token(Form form) {
        try {
            Answer answer = send(form);
            return TokenAnswer.read(answer.status(), answer.body(), answer.retryAfter());
        } catch (IOException e) {
            return new TokenAnswer.Unavailable(why(e), Optional.empty());
        }
    }

    public DeviceAnswer device(Form form) {
        try {
            Answer answer = send(form);
            return DeviceAnswer.read(answer.status(), answer.body(), answer.retryAfter());
        } catch (IOException e) {
            return new DeviceAnswer.Failed(why(e), Optional.empty());
        }
    }

    /// Empty: done. Else why not.
    public Optional<String> revoke(Form form) {
        try {
            int status = send(form).status();
            return status == 200 ? Optional.empty() : Optional.of("answered " + status);
        } catch (IOException e) {
            return Optional.of(why(e));
        }
    }

    private Answer send(Form form) throws IOException {
        Deadline deadline = Deadline.in(PATIENCE);
        try (Connection connection = Connection.open(form.url(), egress, deadline)) {
            connection.send(form);
            return Answer.read(connection.in());
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

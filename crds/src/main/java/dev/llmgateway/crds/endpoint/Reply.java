package dev.llmgateway.crds.endpoint;

import dev.llmgateway.crds.oauth.TokenAnswer;
import java.util.Optional;

/// What came of one question to a token endpoint.
///
/// @param answer what it said; `Unavailable` where it said nothing
/// @param perhapsDone whether the endpoint may have done what was asked though its answer holds no
///   tokens: the question was sent and no whole answer came. A refresh token that may be spent must
///   not be shown again soon, since providers take that for theft.
public record Reply(TokenAnswer answer, boolean perhapsDone) {
    static Reply of(Answer answer) {
        TokenAnswer read = TokenAnswer.read(answer.status(), answer.body(), answer.retryAfter());
        return new Reply(read, answer.status() == 200 && read instanceof TokenAnswer.Unavailable);
    }

    static Reply failed(String why, boolean sent) {
        return new Reply(new TokenAnswer.Unavailable(why, Optional.empty()), sent);
    }
}

package dev.llmgateway.cli.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.oauth.SignInAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What comes back from one sign-in page, by the listener or by the keyboard; the first one counts.
final class Answers {
    private static final int MOST_BYTES = 16 * 1024;

    private final Session session;
    private final String state;
    private final String authorize;
    private final BlockingQueue<SignInAnswer> queue = new LinkedBlockingQueue<>();

    /// @param state that this sign-in was begun with
    /// @param authorize address of the sign-in page, without its query
    Answers(Session session, String state, String authorize) {
        this.session = session;
        this.state = state;
        this.authorize = authorize;
    }

    String state() {
        return state;
    }

    /// Judges a redirect; whatever is not of this sign-in is told and changes nothing, so that a
    /// stray page cannot end it.
    ///
    /// @return whether it was the one
    boolean caught(String query) {
        SignInAnswer answer = SignInAnswer.redirect(query, state, authorize);
        boolean own = answer instanceof SignInAnswer.Code || answer instanceof SignInAnswer.Denied;
        if (own) {
            queue.add(answer);
        } else {
            session.warn("strayRedirect");
        }
        return own;
    }

    /// Reads what is typed or pasted, in a thread of its own.
    ///
    /// @param alone whether the end of the input is the end of the sign-in
    void readPasted(boolean alone) {
        Thread.ofPlatform()
                .daemon()
                .name("pasted-code")
                .start(() -> {
                    InputStream input = session.surroundings().input();
                    for (Optional<String> line = line(input);
                            line.isPresent();
                            line = line(input)) {
                        pasted(line.get());
                    }
                    if (alone) {
                        queue.add(new SignInAnswer.Unreadable());
                    }
                });
    }

    private void pasted(String line) {
        if (line.isBlank()) {
            return;
        }
        SignInAnswer answer = SignInAnswer.pasted(line, state, authorize);
        if (answer instanceof SignInAnswer.Unreadable) {
            session.warn("notACode");
        } else {
            queue.add(answer);
        }
    }

    /// Empty: the input has ended.
    private static Optional<String> line(InputStream input) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int read = input.read();
            if (read < 0) {
                return Optional.empty();
            }
            for (; read >= 0 && read != '\n' && line.size() < MOST_BYTES; read = input.read()) {
                line.write(read);
            }
        } catch (IOException _) {
            return Optional.empty(); // a closed input has ended
        }
        return Optional.of(line.toString(UTF_8));
    }

    /// @throws Failure nothing came in time
    SignInAnswer await(Duration patience) {
        try {
            SignInAnswer answer = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new Failure(ExitCode.TIMEOUT, "signInTimeout", patience.toSeconds() + "s");
            }
            return answer;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "interrupted");
        }
    }
}

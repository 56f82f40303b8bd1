package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.util.Locale;
import java.util.Optional;

/// Asks before something goes for good.
public final class Removal {
    private Removal() {}

    /// @param what named in the question
    /// @throws Failure the person said no, or nobody is there to be asked
    public static void confirm(Session session, boolean yes, String what) {
        if (yes) {
            return;
        }
        if (!session.surroundings().terminal().canBeAsked()) {
            throw new Failure(ExitCode.USAGE, "sayYes", what);
        }
        Optional<String> answer = new Prompt(session).line(session.text("confirm", what));
        if (answer.filter(Removal::isYes).isEmpty()) {
            throw new Failure(ExitCode.FAILURE, "notRemoved", what);
        }
    }

    private static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes") || word.equals("是");
    }
}

package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.IOException;
import java.util.Locale;

/// Asks before something goes for good.
public final class Removal {
    private Removal() {}

    /// @param what named in the question
    /// @throws Failure the person said no, or nobody is there to be asked
    public static void confirm(Session session, boolean yes, String what) {
        if (yes) {
            return;
        }
        if (!session.surroundings().terminal().input()) {
            throw new Failure(ExitCode.USAGE, "sayYes", what);
        }
        session.err().print(session.text("confirm", what) + " ");
        session.err().flush();
        if (!isYes(line(session))) {
            throw new Failure(ExitCode.FAILURE, "notRemoved", what);
        }
    }

    private static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes") || word.equals("是");
    }

    private static String line(Session session) {
        StringBuilder line = new StringBuilder();
        try {
            for (int read = session.surroundings().input().read();
                    read >= 0 && read != '\n';
                    read = session.surroundings().input().read()) {
                line.append((char) read);
            }
        } catch (IOException _) {
            return "";
        }
        return line.toString();
    }
}

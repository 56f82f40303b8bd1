package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.verb.Surroundings;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Opens a page in the person's browser.
final class Browser {
    private Browser() {}

    /// @param page http(s) address
    /// @return false: there is none here, or it could not be started
    static boolean open(Surroundings surroundings, String page) {
        List<String> command = command(surroundings);
        if (command.isEmpty() || !page.matches("https?://[!-~]+")) {
            return false;
        }
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.command().add(page);
        builder.environment().clear();
        builder.environment().putAll(surroundings.environment());
        builder.environment().keySet().removeIf(name -> name.startsWith("LLM_GATEWAY_SECRET_"));
        builder.redirectInput(Redirect.from(nowhere()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        try {
            builder.start();
            return true;
        } catch (IOException _) {
            return false; // the address is printed instead
        }
    }

    private static File nowhere() {
        return new File(windows() ? "NUL" : "/dev/null");
    }

    /// Empty: a machine without a display.
    private static List<String> command(Surroundings surroundings) {
        String named = surroundings.variable("BROWSER");
        if (!named.isEmpty()) {
            return List.of(named);
        }
        boolean remote = !surroundings.variable("SSH_CONNECTION").isEmpty();
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return remote ? List.of() : List.of("open");
        }
        if (windows()) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        boolean display =
                !surroundings.variable("DISPLAY").isEmpty()
                        || !surroundings.variable("WAYLAND_DISPLAY").isEmpty();
        return display ? List.of("xdg-open") : List.of();
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}

package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real terminal: a tmux server of its own with one shell in a window of a fixed size. What a
/// person would see is read back from it, and what a person would press is sent to it.
///
/// @param folder where the shell is
/// @param socket of the server, which nobody else uses
record Tmux(Path folder, Path socket) implements AutoCloseable {
    /// A starved machine takes its time.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What [#start] prints when its script has ended.
    private static final Pattern ENDED = Pattern.compile("^\\[(\\d+)]$", Pattern.MULTILINE);

    /// How a script ended.
    ///
    /// @param screen what was seen then, above the end
    record Ended(int exit, String screen) {
        List<String> lines() {
            return screen.lines().toList();
        }
    }

    /// @param environment of everything in there; it has nothing else but the usual `PATH` and
    ///   `HOME`
    static Tmux open(Path folder, int columns, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("PATH", System.getenv("PATH"));
        all.putIfAbsent("HOME", folder.toString());
        Path socket =
                folder.resolve("tmux-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        Tmux tmux = new Tmux(folder, socket);
        tmux.tmux(
                all,
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                Integer.toString(columns),
                "-y",
                "24",
                "-c",
                folder.toString(),
                "exec env PS1='$ ' sh"); // not in the environment: a bash on the way drops it
        try {
            tmux.await("the shell's prompt", screen -> screen.startsWith("$"));
        } catch (AssertionError e) {
            tmux.close();
            throw e;
        }
        return tmux;
    }

    /// Types a script that says at its end how it ended, and does not wait for that.
    void start(String script) {
        write(
                """
                trap : INT
                printf '\\033[H\\033[2J'
                %s
                printf '\\n[%%d]\\n' $?
                """
                        .formatted(script));
        tmux(Map.of(), "send-keys", "-R"); // nothing of what was before is seen any more
        type(". ./script");
        press("Enter");
    }

    /// Types a script and waits for its end.
    Ended run(String script) {
        start(script);
        return end();
    }

    /// Waits for the end of what was started.
    Ended end() {
        String screen = await("the end", seen -> ENDED.matcher(seen).find());
        Matcher end = ENDED.matcher(screen);
        if (!end.find()) {
            throw new IllegalStateException("was there a moment ago");
        }
        return new Ended(
                Integer.parseInt(end.group(1)), screen.substring(0, end.start()).stripTrailing());
    }

    /// Presses these characters.
    void type(String text) {
        tmux(Map.of(), "send-keys", "-l", text);
    }

    /// Presses a key by its name, such as `Enter` or `C-c`.
    void press(String key) {
        tmux(Map.of(), "send-keys", key);
    }

    /// What is seen now; lines have no blanks at their end.
    String screen() {
        return tmux(Map.of(), "capture-pane", "-p");
    }

    /// The same with the escape sequences of colours.
    String painted() {
        return tmux(Map.of(), "capture-pane", "-p", "-e");
    }

    /// The same with lines that the terminal had to wrap in one piece.
    String unwrapped() {
        return tmux(Map.of(), "capture-pane", "-p", "-J");
    }

    /// The cell where a text begins, from 0, as the terminal counts: a Chinese character has two.
    int column(String text) {
        tmux(Map.of(), "copy-mode");
        tmux(Map.of(), "send-keys", "-X", "search-backward", text);
        String at = tmux(Map.of(), "display-message", "-p", "#{copy_cursor_x}");
        tmux(Map.of(), "send-keys", "-X", "cancel");
        return Integer.parseInt(at.strip());
    }

    /// Waits until what is seen is as wanted, and returns it.
    String await(String what, Predicate<String> wanted) {
        return Poll.until(
                PATIENCE,
                () -> what + "; this is seen:\n" + screen(),
                () -> Optional.of(screen()).filter(wanted));
    }

    /// Ends everything in there.
    @Override
    public void close() {
        tmux(Map.of(), "kill-server");
    }

    private void write(String script) {
        try {
            Files.writeString(folder.resolve("script"), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param environment of the server, where this starts it
    private String tmux(Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("tmux is missing: run `make setup`", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

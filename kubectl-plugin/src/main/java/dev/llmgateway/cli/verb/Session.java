package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.cluster.Kubectl;
import dev.llmgateway.cli.cluster.TokenKubeconfig;
import dev.llmgateway.cli.folder.FolderObjects;
import dev.llmgateway.cli.folder.RunningServer;
import dev.llmgateway.cli.place.Objects;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Style;
import dev.llmgateway.cli.print.Tone;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of one verb. Standard output is for data; everything said to a person goes to standard
/// error.
public final class Session {
    private static final int DEFAULT_ADMIN_PORT = 9090;

    private final Globals globals;
    private final Surroundings surroundings;
    private final Messages messages;
    private final PrintWriter out;
    private final PrintWriter err;
    private @Nullable Place place;

    Session(Globals globals, Surroundings surroundings, PrintWriter out, PrintWriter err) {
        this.globals = globals;
        this.surroundings = surroundings;
        this.messages = messages(globals, surroundings);
        this.out = out;
        this.err = err;
    }

    /// In the language that was asked for.
    public static Messages messages(Globals globals, Surroundings surroundings) {
        return Messages.of(globals.lang().isEmpty() ? surroundings.language() : globals.lang());
    }

    public Globals globals() {
        return globals;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Messages messages() {
        return messages;
    }

    public PrintWriter out() {
        return out;
    }

    public Instant now() {
        return surroundings.clock().instant();
    }

    /// Found once, when it is first needed.
    public Place place() {
        Place known = place;
        if (known == null) {
            known = globals.dir().<Place>map(this::folder).orElseGet(this::cluster);
            place = known;
        }
        return known;
    }

    public Objects objects() {
        return place().objects();
    }

    private Place folder(Path folder) {
        return new Place.Folder(
                new FolderObjects(
                        folder,
                        globals.namespace(),
                        surroundings.environment(),
                        () -> adminPort(folder)));
    }

    private AdminPort adminPort(Path folder) {
        Optional<RunningServer> running = RunningServer.of(folder);
        int port =
                globals.adminPort() != 0
                        ? globals.adminPort()
                        : running.map(RunningServer::adminPort).orElse(DEFAULT_ADMIN_PORT);
        return new AdminPort("local", "127.0.0.1", port, "");
    }

    private Place cluster() {
        String program = Surroundings.kubectl(surroundings.environment());
        Kubectl kubectl = new Kubectl(program, globals.flags(), surroundings.early());
        if (!globals.token().isEmpty()) {
            kubectl =
                    new Kubectl(
                            program,
                            globals.flags(TokenKubeconfig.write(kubectl, globals.token())),
                            EarlyCall.NONE);
        }
        return new Place.Cluster(new ClusterObjects(kubectl), kubectl);
    }

    /// A text of the bundle.
    public String text(String key, Object... arguments) {
        return messages.text(key, arguments);
    }

    /// Says something to the person.
    public void say(String key, Object... arguments) {
        err.println(messages.text(key, arguments));
        err.flush();
    }

    /// The same as a warning.
    public void warn(String key, Object... arguments) {
        err.println(
                errorStyle().paint(Tone.WARN, messages.text("warning"))
                        + " "
                        + messages.text(key, arguments));
        err.flush();
    }

    public PrintWriter err() {
        return err;
    }

    public Style outputStyle() {
        Surroundings.Terminal terminal = surroundings.terminal();
        return new Style(coloured(terminal.output()), terminal.outputColumns());
    }

    public Style errorStyle() {
        return new Style(coloured(surroundings.terminal().errors()), 0);
    }

    private boolean coloured(boolean terminal) {
        return switch (globals.color()) {
            case "always" -> true;
            case "never" -> false;
            default ->
                    terminal
                            && surroundings.variable("NO_COLOR").isEmpty()
                            && !surroundings.variable("TERM").equals("dumb");
        };
    }
}

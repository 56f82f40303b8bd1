package dev.llmgateway.cli.server;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `server start`.
@Command(
        name = "start",
        description =
                "Runs the gateway on the folder of --dir until interrupted; edits of the folder take effect at once.",
        footer = {
            "  llm-gateway --dir . server start",
            "  llm-gateway --dir . server start --port=0 --bind=127.0.0.1"
        })
final class StartCommand extends Verb {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Data port; 0: any free one. Default: 8080.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: 127.0.0.1.")
    private String bind = "127.0.0.1";

    @Override
    protected ExitCode run(Session session) {
        if (!(session.place() instanceof Place.Folder(var folder))) {
            throw new Failure(ExitCode.USAGE, "startNeedsFolder");
        }
        int admin = session.globals().adminPort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                RuntimeProgram.find(session.surroundings()),
                                "--dir=" + folder.folder(),
                                "--port=" + port,
                                "--admin-port="
                                        + (admin == 0 && port == 0 ? 0 : admin == 0 ? 9090 : admin),
                                "--bind=" + bind));
        if (!session.globals().gateway().isEmpty()) {
            command.add("--gateway=" + session.globals().gateway());
        }
        int code = new RuntimeProgram(command, folder.folder()).run(session.out());
        if (code != 0) {
            throw new Failure(ExitCode.FAILURE, "serverEnded", code);
        }
        return ExitCode.OK;
    }
}

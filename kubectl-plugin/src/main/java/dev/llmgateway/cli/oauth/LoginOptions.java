package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.WaitOptions;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Option;

/// How a person signs in.
public final class LoginOptions {
    private static final Set<String> EXCHANGES = Set.of("operator", "local");

    @Option(
            names = "--no-browser",
            description = "Print the address of the sign-in page instead of opening a browser.")
    private boolean noBrowser;

    @Option(
            names = "--exchange",
            paramLabel = "WHERE",
            defaultValue = "operator",
            description =
                    "operator, or local for providers that bind codes to an address: this machine asks for the tokens. Default: operator; on a folder always local.")
    private String exchange = "operator";

    @Option(
            names = "--login-timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "How long to wait for the sign-in at most. Default: 5m.")
    private String patience = "5m";

    boolean browser() {
        return !noBrowser;
    }

    /// Whether this machine asks for the tokens.
    boolean local() {
        if (!EXCHANGES.contains(exchange)) {
            throw new Failure(
                    ExitCode.USAGE, "unknownWord", "--exchange", exchange, "operator, local");
        }
        return exchange.equals("local");
    }

    Duration patience() {
        return WaitOptions.duration(patience);
    }
}

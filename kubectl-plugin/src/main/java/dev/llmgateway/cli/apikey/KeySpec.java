package dev.llmgateway.cli.apikey;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What `apikey add` is told about a key.
final class KeySpec {
    @Option(
            names = "--display-name",
            paramLabel = "TEXT",
            description = "Name for people, in any language.")
    String displayName = "";

    @Option(
            names = "--access",
            split = ",",
            paramLabel = "A",
            description = "read, write, admin. Default: read,write.")
    List<String> access = new ArrayList<>();

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "PATTERN",
            description = "Models it may ask for, such as claude-*; may be repeated. Default: all.")
    List<String> models = new ArrayList<>();

    @Option(
            names = "--pool",
            split = ",",
            paramLabel = "NAME",
            description = "Pools it may use; may be repeated. Default: all.")
    List<String> pools = new ArrayList<>();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When it ends: 90d, 12h or an RFC 3339 time. Default: never.")
    String expires = "";

    @Option(
            names = "--rpm",
            paramLabel = "N",
            description = "Requests per minute. Default: unlimited.")
    long requestsPerMinute;

    @Option(
            names = "--tpm",
            paramLabel = "N",
            description = "Tokens per minute. Default: unlimited.")
    long tokensPerMinute;

    @Option(
            names = "--rpd",
            paramLabel = "N",
            description = "Requests per day. Default: unlimited.")
    long requestsPerDay;

    @Option(
            names = "--budget",
            paramLabel = "B",
            description =
                    "Amount per window: 50USD/month, 1000000tokens/day or 500requests/hour; may be repeated.")
    List<String> budgets = new ArrayList<>();

    @Option(
            names = "--owner",
            paramLabel = "KIND/NAME",
            description = "Whose key it is: User, Group or ServiceAccount, and a name.")
    String owner = "";
}

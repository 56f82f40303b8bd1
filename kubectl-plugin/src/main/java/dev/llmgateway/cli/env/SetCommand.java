package dev.llmgateway.cli.env;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `env set`.
@Command(
        name = "set",
        description =
                "Sets proxies of the gateway, or with --account of an account; prints what is configured and what runs.",
        footer = {
            "  llm-gateway env set --https-proxy=http://proxy:3128 --no-proxy=.internal,10.0.0.0/8",
            "  llm-gateway --dir . env set --http-proxy=http://127.0.0.1:3128 --account=local"
        })
final class SetCommand extends Verb {
    @Option(
            names = "--http-proxy",
            paramLabel = "URL",
            description = "Proxy for http upstreams, without credentials.")
    private String http = "";

    @Option(
            names = "--https-proxy",
            paramLabel = "URL",
            description = "Proxy for https upstreams, without credentials.")
    private String https = "";

    @Option(
            names = "--no-proxy",
            paramLabel = "LIST",
            description =
                    "Reached directly: hosts, .suffixes, addresses, networks; commas between.")
    private String no = "";

    @Mixin private EnvTarget target = new EnvTarget();
    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        List<Edit> edits = new ArrayList<>();
        add(edits, ProxyVariable.http_proxy, http);
        add(edits, ProxyVariable.https_proxy, https);
        add(edits, ProxyVariable.no_proxy, no);
        if (edits.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "nothingToSet");
        }
        return target.edit(session, edits, changes, output);
    }

    private static void add(List<Edit> edits, ProxyVariable variable, String value) {
        if (!value.isEmpty()) {
            edits.add(Edit.set(variable.value(value), "spec", "egress", variable.field()));
        }
    }
}

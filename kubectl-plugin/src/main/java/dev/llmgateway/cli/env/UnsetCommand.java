package dev.llmgateway.cli.env;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.Words;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `env unset`.
@Command(
        name = "unset",
        description = "Removes proxies of the gateway, or with --account of an account.",
        footer = {
            "  llm-gateway env unset --name=https_proxy",
            "  llm-gateway --dir . env unset --name=http_proxy,no_proxy --account=local"
        })
final class UnsetCommand extends Verb {
    @Option(
            names = "--name",
            split = ",",
            required = true,
            paramLabel = "NAME",
            description = "http_proxy, https_proxy or no_proxy; may be repeated.")
    private List<String> names = new ArrayList<>();

    @Mixin private EnvTarget target = new EnvTarget();
    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        List<Edit> edits = new ArrayList<>();
        for (String name : names) {
            ProxyVariable variable = Words.choose(ProxyVariable.class, name, "--name");
            edits.add(Edit.unset("spec", "egress", variable.field()));
        }
        return target.edit(session, edits, changes, output);
    }
}

package dev.llmgateway.cli.completion;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `completion`.
@Command(
        name = "completion",
        description =
                "Prints a script that completes words in a shell. For kubectl put `kubectl_complete-llm_gateway` of the package into PATH instead.",
        footer = {
            "  source <(llm-gateway completion bash)",
            "  llm-gateway completion zsh > \"${fpath[1]}/_llm-gateway\""
        })
public final class CompletionCommand extends Verb {
    private static final String BASH =
            """
            _llm_gateway() {
                local IFS=$'\\n'
                COMPREPLY=($(llm-gateway __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | grep -v '^:'))
            }
            complete -o nosort -F _llm_gateway llm-gateway
            """;

    private static final String ZSH =
            """
            #compdef llm-gateway
            _llm_gateway() {
                local -a found
                found=(${(f)"$(llm-gateway __complete "${(@)words[2,$CURRENT]}" 2>/dev/null | grep -v '^:')"})
                compadd -Q -a found
            }
            compdef _llm_gateway llm-gateway
            """;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Override
    protected ExitCode run(Session session) {
        session.out()
                .print(
                        switch (shell) {
                            case "bash" -> BASH;
                            case "zsh" -> ZSH;
                            default ->
                                    throw new Failure(
                                            ExitCode.USAGE,
                                            "unknownWord",
                                            "SHELL",
                                            shell,
                                            "bash, zsh");
                        });
        return ExitCode.OK;
    }
}

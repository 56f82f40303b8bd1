package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsOneLine() {
        assertThat(run("version")).isZero();

        assertThat(out.toString()).startsWith("kubectl-llm_gateway ").hasLineCount(1);
    }

    @Test
    void helpNamesEveryVerbAndNothingElse() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("version").doesNotContain("login");
    }

    @Test
    void anUnknownVerbIsWrongUse() {
        assertThat(run("frobnicate")).isEqualTo(2);

        assertThat(err.toString()).contains("frobnicate");
    }

    @Test
    void noVerbIsWrongUse() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).contains("Missing required subcommand");
    }

    private int run(String... arguments) {
        CommandLine line = LlmGatewayCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}

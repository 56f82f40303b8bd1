package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What the golden cases do not show: the options, and the compilation as a value.
class CompilerTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final ManifestSet ONE_ACCOUNT =
            ManifestReader.read(
                            "a.yaml",
                            """
                            apiVersion: llm-gateway.dev/v1alpha1
                            kind: UpstreamAccount
                            metadata: {name: one}
                            spec: {provider: OpenAI, auth: {none: {}}}
                            """)
                    .manifests();

    @Test
    void aFolderWithoutAGatewayGetsTheDefaultOne() {
        Compilation compilation = Compiler.compile(ONE_ACCOUNT, NOW, CompileOptions.FOLDER);

        assertThat(compilation.plans()).containsOnlyKeys(new ObjectRef("default", "main"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(compilation.hasErrors()).isFalse();
    }

    @Test
    void aClusterWithoutAGatewayHasNone() {
        Compilation compilation = Compiler.compile(ONE_ACCOUNT, NOW);

        assertThat(compilation.plans()).isEmpty();
        assertThat(compilation.diagnostics())
                .extracting(Diagnostic::reason)
                .containsExactly(Reason.GatewayNotFound);
        assertThat(compilation.hasErrors()).isTrue();
    }

    @Test
    void theSameManifestsGiveTheSameCompilation() {
        assertThat(Compiler.compile(ONE_ACCOUNT, NOW, CompileOptions.FOLDER))
                .isEqualTo(Compiler.compile(ONE_ACCOUNT, NOW, CompileOptions.FOLDER));
    }

    @Test
    void nothingInAClusterIsNothingOut() {
        Compilation compilation = Compiler.compile(ManifestSet.EMPTY, NOW);

        assertThat(compilation.plans()).isEmpty();
        assertThat(compilation.diagnostics()).isEmpty();
    }
}

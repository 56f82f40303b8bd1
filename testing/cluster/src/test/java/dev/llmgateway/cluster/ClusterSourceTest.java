package dev.llmgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The order in which a cluster is looked for.
class ClusterSourceTest {
    private static final OwnBuild BUILD = new OwnBuild(Path.of("/cache"));
    private static final Map<String, String> ASSETS = Map.of("KUBEBUILDER_ASSETS", "/assets");
    private static final Map<String, String> ALL =
            Map.of("LLM_GATEWAY_TEST_KUBECONFIG", "/k", "KUBEBUILDER_ASSETS", "/assets");

    @Test
    void aNamedKubeconfigComesFirstAndNobodyAsksAnEngine() {
        ClusterSource source =
                ClusterSource.choose(
                        ALL,
                        () -> {
                            throw new AssertionError("asked");
                        },
                        Optional.of(BUILD));

        assertThat(source).isEqualTo(new ClusterSource.Named(Path.of("/k")));
    }

    @Test
    void thenAnEngineThenAssetsThenOurBuild() {
        assertThat(ClusterSource.choose(ASSETS, () -> true, Optional.of(BUILD)))
                .isEqualTo(new ClusterSource.Engine());
        assertThat(ClusterSource.choose(ASSETS, () -> false, Optional.of(BUILD)))
                .isEqualTo(new ClusterSource.Assets(Path.of("/assets")));
        assertThat(ClusterSource.choose(Map.of(), () -> false, Optional.of(BUILD)))
                .isEqualTo(new ClusterSource.Built(BUILD));
    }

    @Test
    void anEmptyVariableNamesNothing() {
        Map<String, String> empty =
                Map.of("LLM_GATEWAY_TEST_KUBECONFIG", "", "KUBEBUILDER_ASSETS", "");

        assertThat(ClusterSource.choose(empty, () -> false, Optional.of(BUILD)))
                .isEqualTo(new ClusterSource.Built(BUILD));
    }

    @Test
    void withNoneOfThemOneLineSaysWhatToInstall() {
        assertThatThrownBy(() -> ClusterSource.choose(Map.of(), () -> false, Optional.empty()))
                .message()
                .contains("make setup", "Go 1.26", "LLM_GATEWAY_TEST_KUBECONFIG")
                .doesNotContain("\n");
    }
}

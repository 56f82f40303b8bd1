package dev.llmgateway.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.llmgateway.cluster";
    private static final JavaClasses MAIN = Rules.production(ROOT, 15);

    @Test
    void theExtensionsKnowNoModuleOfOursButFixtures() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.llmgateway.crds..",
                        "dev.llmgateway.runtime..",
                        "dev.llmgateway.operator..",
                        "dev.llmgateway.cli..")
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(Rules.packagesNotNullMarked(MAIN)).isEmpty();
    }

    @Test
    void namesSayWhatAClassIsFor() {
        assertThat(Rules.emptyNames(MAIN)).isEmpty();
    }

    @Test
    void nobodyWritesToStandardStreams() {
        Rules.noStandardStreamsExcept().check(MAIN);
    }

    @Test
    void filesAndMethodsAreShort() {
        assertThat(SourceTree.main().longerThan(300)).isEmpty();
        assertThat(SourceTree.main().methodsLongerThan(30)).isEmpty();
    }
}

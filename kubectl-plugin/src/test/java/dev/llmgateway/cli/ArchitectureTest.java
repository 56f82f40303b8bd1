package dev.llmgateway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.llmgateway.cli";
    private static final JavaClasses MAIN = Rules.production(ROOT, 3);

    @Test
    void pluginKnowsNeitherProgram() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.llmgateway.runtime..", "dev.llmgateway.operator..")
                .check(MAIN);
    }

    @Test
    void sharedRulesHold() {
        Rules.noStandardStreamsExcept().check(MAIN);
        assertThat(Rules.packagesNotNullMarked(MAIN)).isEmpty();
        assertThat(Rules.emptyNames(MAIN)).isEmpty();
        assertThat(SourceTree.main().longerThan(300)).isEmpty();
        assertThat(SourceTree.main().methodsLongerThan(30)).isEmpty();
    }
}

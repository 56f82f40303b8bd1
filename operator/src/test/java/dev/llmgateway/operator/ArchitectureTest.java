package dev.llmgateway.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.llmgateway.operator";
    private static final JavaClasses MAIN = Rules.production(ROOT, 1);

    @Test
    void operatorKnowsNeitherDataPlaneNorPlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.llmgateway.runtime..", "dev.llmgateway.cli..")
                .check(MAIN);
    }

    @Test
    void onlyTheAppRoomHasQuarkusTypes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCirclesAndAreNullMarked() {
        Rules.noCycles(ROOT).allowEmptyShould(true).check(MAIN);
        assertThat(Rules.packagesNotNullMarked(MAIN)).isEmpty();
        assertThat(Rules.emptyNames(MAIN)).isEmpty();
        assertThat(SourceTree.main().longerThan(300)).isEmpty();
    }
}

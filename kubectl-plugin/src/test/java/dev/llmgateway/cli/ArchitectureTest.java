package dev.llmgateway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.llmgateway.cli";
    private static final JavaClasses MAIN = Rules.production(ROOT, 40);

    @Test
    void pluginKnowsNeitherProgram() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.llmgateway.runtime..", "dev.llmgateway.operator..")
                .check(MAIN);
    }

    @Test
    void roomsFormLayersWithoutCircles() {
        Rules.noCycles(ROOT).check(MAIN);
        rooms("print").doNotSee("place", "admin", "cluster", "folder", "verb");
        rooms("place").doNotSee("admin", "cluster", "folder", "verb");
        rooms("admin").doNotSee("cluster", "folder", "verb");
        rooms("cluster").doNotSee("folder", "verb");
        rooms("folder").doNotSee("cluster", "verb");
    }

    /// Reports are pure: what prints and what decides knows no process, file or socket.
    @Test
    void reportsTouchNothing() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Page")
                .or()
                .haveSimpleNameEndingWith("Table")
                .or()
                .haveSimpleNameEndingWith("Report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..",
                        "java.net..",
                        ROOT + ".cluster..",
                        ROOT + ".folder..",
                        ROOT + ".admin..")
                .check(MAIN);
    }

    private record Room(String name) {
        void doNotSee(String... others) {
            for (String other : others) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + other + "..")
                        .check(MAIN);
            }
        }
    }

    private static Room rooms(String name) {
        return new Room(name);
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

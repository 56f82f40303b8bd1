package dev.llmgateway.crds;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of design/architecture.md: `resource -> api <- manifest <- compile -> plan`.
class ArchitectureTest {
    private static final String ROOT = "dev.llmgateway.crds";
    private static final JavaClasses PRODUCTION = Rules.production(ROOT, 190);
    private static final SourceTree SOURCES = new SourceTree(Path.of("src/main/java"));

    @ParameterizedTest
    @CsvSource({
        "api, api",
        "plan, plan",
        "resource, resource api",
        "manifest, manifest api",
        "catalog, catalog manifest plan",
        "oauth, oauth manifest api",
        "compile, compile catalog manifest api plan oauth",
        "endpoint, endpoint compile oauth plan"
    })
    void aRoomSeesOnlyTheRoomsItsArrowsPointTo(String room, String allowed) {
        String[] packages =
                List.of(allowed.split(" ")).stream()
                        .map(name -> ROOT + "." + name + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages))))
                .check(PRODUCTION);
    }

    @Test
    void roomsFormNoCircle() {
        Rules.noCycles(ROOT).check(PRODUCTION);
    }

    @Test
    void everyClassLivesInARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOT + ".api..",
                        ROOT + ".plan..",
                        ROOT + ".resource..",
                        ROOT + ".manifest..",
                        ROOT + ".catalog..",
                        ROOT + ".compile..",
                        ROOT + ".oauth..",
                        ROOT + ".endpoint..")
                .check(PRODUCTION);
    }

    @Test
    void noServerFrameworkIsKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "io.quarkus..", "jakarta..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheResourceShellsNeedTheKubernetesClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".resource..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes..")
                .check(PRODUCTION);
    }

    @Test
    void nothingPrintsToTheStandardStreams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(PRODUCTION);
    }

    @Test
    void noFileIsLongerThanThreeHundredLines() {
        assertThat(SOURCES.files()).hasSizeGreaterThan(140);

        assertThat(SOURCES.longerThan(300)).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        for (Path source : SOURCES.files()) {
            Path description = source.resolveSibling("package-info.java");

            assertThat(description).exists();
            assertThat(Files.readString(description)).contains("@NullMarked");
        }
    }
}

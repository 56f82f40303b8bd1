package dev.llmgateway.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The rooms and arrows of the data plane (README, The rooms).
class ArchitectureTest {
    private static final String ROOT = "dev.llmgateway.runtime";
    private static final JavaClasses CLASSES = Rules.production(ROOT, 120);

    /// What each room may import of ours; a room that is not listed may not exist.
    private static final Map<String, List<String>> ARROWS = arrows();

    @Test
    void everyRoomImportsOnlyTheRoomsItMay() {
        ARROWS.forEach((room, allowed) -> onlyTo(room, allowed).check(CLASSES));
    }

    @Test
    void everyClassStandsInAKnownRoom() {
        assertThat(CLASSES.stream().map(type -> room(type.getPackageName())).distinct())
                .isSubsetOf(ARROWS.keySet());
    }

    @Test
    void thereIsNoCircle() {
        Rules.noCycles(ROOT).check(CLASSES);
    }

    @Test
    void onlyTheRoomsAtTheEdgeKnowVertxAndNetty() {
        none("admission", "routing", "balance", "model", "telemetry", "usage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(CLASSES);
        none("exchange", "dialect")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty.channel..",
                        "io.netty.handler..",
                        "io.netty.util.concurrent..")
                .check(CLASSES);
    }

    @Test
    void onlyPipelinesTouchesTheInternalsOfVertx() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .haveSimpleNameNotStartingWith("Pipelines")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.core.internal..")
                .check(CLASSES);
    }

    @Test
    void onlyBootAndSourceSeeManifestsAndTheCompiler() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(ROOT + ".boot..", ROOT + ".source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.llmgateway.crds.manifest..",
                        "dev.llmgateway.crds.compile..",
                        "dev.llmgateway.crds.api..",
                        "dev.llmgateway.crds.resource..")
                .check(CLASSES);
    }

    @Test
    void onlyTheConsoleAndTheWiringSeeStandardOutput() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Console")
                .and()
                .doNotHaveSimpleName("Wiring")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void noNameSaysNothing() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Abstract[A-Z]\\w*)$")
                .check(CLASSES);
    }

    @Test
    void noMainFileIsOver300Lines() {
        assertThat(new SourceTree(Path.of("src/main/java")).longerThan(300)).isEmpty();
    }

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        arrows.put("model", List.of());
        arrows.put("transport", List.of());
        for (String leaf :
                List.of("dialect", "admission", "routing", "balance", "usage", "telemetry")) {
            arrows.put(leaf, List.of("model"));
        }
        arrows.put("upstream", List.of("model", "transport"));
        arrows.put(
                "exchange",
                List.of(
                        "model",
                        "transport",
                        "admission",
                        "routing",
                        "balance",
                        "upstream",
                        "dialect",
                        "usage",
                        "telemetry"));
        arrows.put("source", with(arrows.get("exchange"), "exchange"));
        arrows.put("admin", with(arrows.get("exchange"), "exchange"));
        arrows.put("boot", with(arrows.get("exchange"), "exchange", "source", "admin"));
        return arrows;
    }

    private static List<String> with(List<String> rooms, String... more) {
        List<String> all = new ArrayList<>(rooms);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static ArchRule onlyTo(String room, List<String> allowed) {
        String[] forbidden =
                ARROWS.keySet().stream()
                        .filter(other -> !other.equals(room) && !allowed.contains(other))
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new);
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + room + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden);
        return rule.because(room + " may import only " + allowed);
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction none(
            String... rooms) {
        String[] packages =
                Arrays.stream(rooms).map(room -> ROOT + "." + room + "..").toArray(String[]::new);
        return noClasses().that().resideInAnyPackage(packages);
    }

    private static String room(String packageName) {
        String rest =
                packageName.length() > ROOT.length()
                        ? packageName.substring(ROOT.length() + 1)
                        : "";
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}

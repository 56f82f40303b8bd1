package dev.llmgateway.operator.desired;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.llmgateway.fixtures.architecture.Rules;
import dev.llmgateway.fixtures.architecture.SourceTree;
import org.junit.jupiter.api.Test;

/// What makes the room pure, and keeps it and the fleet readable.
class DesiredRoomTest {
    private static final String ROOT = "dev.llmgateway.operator";

    @Test
    void desiredKnowsNoClientNoSdkAndNoOtherRoom() {
        JavaClasses desired = Rules.production(ROOT + ".desired", 15);

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8.kubernetes.client..",
                        "io.javaoperatorsdk..",
                        "io.quarkus..",
                        "java.net.http..",
                        ROOT + ".account..",
                        ROOT + ".apply..",
                        ROOT + ".app..",
                        ROOT + ".fleet..",
                        ROOT + ".gateway..",
                        ROOT + ".key..",
                        ROOT + ".snapshot..",
                        ROOT + ".status..")
                .check(desired);
    }

    @Test
    void methodsOfBothRoomsAreShort() {
        assertThat(SourceTree.main().methodsLongerThan(30))
                .noneMatch(method -> method.contains("/desired/") || method.contains("/fleet/"));
    }
}

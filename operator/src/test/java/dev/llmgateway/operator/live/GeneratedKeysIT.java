package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.api.GeneratedKey;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.PlanBundle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Keys the operator makes.
class GeneratedKeysIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Story STORY = new Story(CLUSTER);
    private static @Nullable RunningOperator operator;

    @BeforeAll
    static void start() {
        operator = RunningOperator.start(CLUSTER, new Pods(), CLUSTER.namespace());
        STORY.gateway("main", "");
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void aKeyIsGeneratedOnceRotatedWithOverlapAndMadeAnewWhenDeleted() {
        STORY.key("made", "main", "source: {generate: {secretName: made-key}}");
        STORY.condition("gatewaykey/made", "SecretReady", "True Generated");
        STORY.until("main", "it opens", bundle -> hashes(bundle, "made").size() == 1);
        GeneratedKey first = secret("made-key");
        assertThat(GeneratedKey.wellFormed(first.text())).isTrue();
        String status = CLUSTER.kubectl().run("get", "gk", "made", "-oyaml");
        assertThat(status).contains(first.prefix()).doesNotContain(first.text());

        STORY.key(
                "made",
                "main",
                "source: {generate: {secretName: made-key}}, rotation: {revision: 2, overlap: 1h}");
        PlanBundle rotated =
                STORY.until("main", "both open", bundle -> hashes(bundle, "made").size() == 2);
        GeneratedKey second = secret("made-key");
        assertThat(hashes(rotated, "made").stream().map(KeyHash::sha256))
                .containsExactly(second.sha256(), first.sha256());
        assertThat(hashes(rotated, "made").getLast().notAfterMillis())
                .isBetween(
                        Instant.now().plus(58, ChronoUnit.MINUTES).toEpochMilli(),
                        Instant.now().plus(61, ChronoUnit.MINUTES).toEpochMilli());

        STORY.kubectl("delete secret made-key");
        PlanBundle anew =
                STORY.until(
                        "main",
                        "a new one opens",
                        bundle ->
                                hashes(bundle, "made").size() == 1
                                        && hashes(bundle, "made").stream()
                                                .map(KeyHash::sha256)
                                                .noneMatch(second.sha256()::equals));
        assertThat(hashes(anew, "made").getFirst().sha256()).isEqualTo(secret("made-key").sha256());
    }

    @Test
    void somebodyElsesSecretStaysUntouched() {
        STORY.kubectl("create secret generic foreign --from-literal=mine=yes");
        STORY.key("late", "main", "source: {generate: {secretName: foreign}}");

        assertThat(STORY.condition("gatewaykey/late", "SecretReady", "False Conflict"))
                .contains("remove it or choose another name");
        assertThat(CLUSTER.client().secrets().withName("foreign").get().getData())
                .containsOnlyKeys("mine");
    }

    @Test
    void anExpiredKeySaysSo() {
        STORY.key(
                "short",
                "main",
                Story.hash(77) + ", expiresAt: '" + Instant.now().plusSeconds(3) + "'");

        STORY.condition("gatewaykey/short", "Expired", "False NotExpired");
        STORY.condition("gatewaykey/short", "Expired", "True Expired");
        STORY.condition("gatewaykey/short", "Ready", "False Expired");
    }

    private static List<KeyHash> hashes(PlanBundle bundle, String key) {
        return bundle.plan().keys().stream()
                .filter(plan -> plan.ref().name().equals(key))
                .flatMap(plan -> plan.hashes().stream())
                .toList();
    }

    private static GeneratedKey secret(String name) {
        return new GeneratedKey(
                CLUSTER.kubectl()
                        .run(
                                "get",
                                "secret",
                                name,
                                "-o",
                                "go-template={{index .data \"api-key\" | base64decode}}"));
    }
}

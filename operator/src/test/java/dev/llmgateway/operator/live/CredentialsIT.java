package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an account's Secret does to the account.
class CredentialsIT {
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
    void anAccountSaysWhatItsSecretLacksUntilItLacksNothing() {
        STORY.account("acct", "main");
        String object = "upstreamaccount/acct";
        assertThat(STORY.condition(object, "ResolvedRefs", "False SecretNotFound"))
                .contains("there is no Secret acct");

        STORY.kubectl("create secret generic acct --from-literal=other=x");
        STORY.kubectl("annotate " + object + " llm-gateway.dev/look=again");
        STORY.kubectl("patch " + object + " --type=merge -p {\"spec\":{\"priority\":1}}");
        assertThat(STORY.condition(object, "ResolvedRefs", "False SecretNotLabelled"))
                .contains(
                        "kubectl label secret acct -n "
                                + CLUSTER.namespace()
                                + " llm-gateway.dev/credentials=true");

        STORY.kubectl("label secret acct llm-gateway.dev/credentials=true");
        assertThat(STORY.condition(object, "ResolvedRefs", "False SecretKeyMissing"))
                .contains("has no key api-key");
        STORY.condition(object, "Ready", "False SecretKeyMissing");

        STORY.releasedSecret("acct", "sk-first");
        STORY.condition(object, "ResolvedRefs", "True ResolvedRefs");
        STORY.condition(object, "CredentialValid", "Unknown Unverified");
        STORY.until(
                "main",
                "the value travels",
                bundle -> bundle.credentials().containsValue("sk-first"));
        STORY.releasedSecret("acct", "sk-second");
        STORY.until(
                "main",
                "the new value travels",
                bundle -> bundle.credentials().containsValue("sk-second"));

        STORY.kubectl("label secret acct llm-gateway.dev/credentials-");
        STORY.condition(object, "ResolvedRefs", "False SecretNotLabelled");
        STORY.until(
                "main",
                "no value is left but the gateway's own",
                bundle -> bundle.credentials().size() == 1 && bundle.plan().accounts().isEmpty());
        assertThat(CLUSTER.kubectl().run("get", object, "-oyaml")).doesNotContain("sk-");
    }
}

package dev.llmgateway.runtime.admission;

import static dev.llmgateway.runtime.fixture.Plans.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    @Test
    void accessIsNamedWhereItIsLacking() {
        Caller reader = new Caller(key("r").access(KeyPlan.Access.Read).plan());

        assertThat(Permissions.access(reader, KeyPlan.Access.Read)).isEmpty();
        assertThat(Permissions.access(reader, KeyPlan.Access.Write).orElseThrow().message())
                .contains("'Write'");
    }

    @Test
    void adminHoldsEveryAccess() {
        Caller admin = new Caller(key("a").access(KeyPlan.Access.Admin).plan());

        assertThat(Permissions.access(admin, KeyPlan.Access.Write)).isEmpty();
    }

    @Test
    void formatsAreClosedToAKeyThatDoesNotListThem() {
        Caller chat = new Caller(key("c").formats(WireFormat.ChatCompletions).plan());

        assertThat(Permissions.format(chat, WireFormat.ChatCompletions)).isEmpty();
        assertThat(Permissions.format(chat, WireFormat.Messages).orElseThrow().message())
                .contains("'Messages'");
    }

    @Test
    void denyWinsOverAllow() {
        Caller caller =
                new Caller(key("f").filter(List.of("claude-*"), List.of("*-opus-*")).plan());

        assertThat(Permissions.model(caller, "claude-sonnet-4")).isEmpty();
        assertThat(Permissions.model(caller, "claude-opus-4")).isPresent();
        assertThat(Permissions.model(caller, "gpt-5")).isPresent();
    }
}

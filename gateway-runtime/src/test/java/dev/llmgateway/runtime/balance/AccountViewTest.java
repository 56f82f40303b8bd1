package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.balance.Health.CoolingDown;
import dev.llmgateway.runtime.balance.Health.Ejected;
import dev.llmgateway.runtime.balance.Health.Out;
import dev.llmgateway.runtime.balance.Health.Parked;
import dev.llmgateway.runtime.balance.Health.Parking;
import dev.llmgateway.runtime.balance.Health.Probing;
import dev.llmgateway.runtime.balance.Health.Ramp;
import dev.llmgateway.runtime.balance.Health.Serving;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The words that people and the operator read.
class AccountViewTest {
    private static final Cause CAUSE = new Cause(FailureClass.Upstream, 502, false, 1, "");
    private static final Out COOLING = new CoolingDown(CAUSE, 100, 1);
    private static final Out EJECTED = new Ejected(CAUSE, 100, 1, 5, 1);
    private static final Out REFUSED = new Parked(CAUSE, Parking.Credential, 100);
    private static final Out SPENT = new Parked(CAUSE, Parking.Quota, 100);

    private final AccountState account = new AccountState(java.time.InstantSource.system());

    @Test
    void everyStateHasTheWordOfTheAccountsStatus() {
        assertThat(words(new Serving(3))).isEqualTo("Active Serving 0");
        assertThat(words(COOLING)).isEqualTo("CoolingDown CoolingDown 100");
        assertThat(words(EJECTED)).isEqualTo("CoolingDown Ejected 100");
        assertThat(words(REFUSED)).isEqualTo("CredentialInvalid Parked 100");
        assertThat(words(SPENT)).isEqualTo("CoolingDown Parked 100");
        assertThat(words(new Probing(EJECTED, 1))).isEqualTo("CoolingDown Probing 100");
        assertThat(words(new Probing(REFUSED, 1))).isEqualTo("CredentialInvalid Probing 100");
        assertThat(words(new Ramp(0, 0, EJECTED, 1))).isEqualTo("CoolingDown Ramp 0");
    }

    @Test
    void onlyModelsThatAreOutOrComingBackAreNamed() {
        account.update(_ -> new Standing(new Serving(0), Map.of("m", new Serving(2))));
        assertThat(account.view().models()).isEmpty();
        assertThat(account.view().scope()).isEqualTo(Scope.Account);

        account.update(_ -> new Standing(new Serving(0), Map.of("m", REFUSED)));
        assertThat(account.view().models())
                .isEqualTo(
                        List.of(
                                new AccountView.ModelView(
                                        "m", "CredentialInvalid", "Parked", 100)));
        assertThat(account.view().scope()).isEqualTo(Scope.Model);
    }

    @Test
    void aCauseReadsAsASentencePart() {
        assertThat(CAUSE.text()).isEqualTo("Upstream (502)");
        assertThat(new Cause(FailureClass.Transport, 0, false, 1, "").text())
                .isEqualTo("Transport");
        assertThat(new Cause(FailureClass.Capacity, 429, true, 1, "").text())
                .isEqualTo("Capacity (429), quota or money used up");
    }

    private String words(Health health) {
        account.update(_ -> new Standing(health, Map.of()));
        AccountView view = account.view();
        return view.state() + " " + view.phase() + " " + view.untilMillis();
    }
}

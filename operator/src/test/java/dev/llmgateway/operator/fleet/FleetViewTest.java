package dev.llmgateway.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.GatewayConfigStatus.Replica;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Failure;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Health;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetViewTest {
    private static final Revision R7 = new Revision(7);
    private static final Revision R8 = new Revision(8);

    @Test
    void readyPodsThatLagAreNamedAndOthersDoNotCount() {
        FleetView view =
                view(
                        Views.of("c", true, "complete", "credential-fault", "restored"),
                        Views.of("a", true, "complete"),
                        Views.of("b", true),
                        Views.of("starting", false));

        assertThat(view.acknowledgements(R7))
                .isEqualTo(new Acknowledgements(List.of("a", "c"), List.of("b")));
        assertThat(view.acknowledgements(R8).behind()).containsExactly("a", "b");
        assertThat(view.acknowledgements(R8).everywhere()).isFalse();
        assertThat(view.acknowledgements(R8).text()).isEqualTo("1/3");
        assertThat(view.readyPods()).isEqualTo(3);
    }

    @Test
    void withoutAReadyPodNothingIsAcknowledged() {
        FleetView view = view(Views.of("a", false, "complete"));

        assertThat(view.acknowledgements(R7).everywhere()).isFalse();
        assertThat(view(Views.of("a", true, "complete")).acknowledgements(R7).everywhere())
                .isTrue();
    }

    @Test
    void theHighestRevisionIsThatOfAnyPod() {
        FleetView view =
                view(
                        Views.of("a", true, "complete"),
                        Views.of("b", false, "complete", "restored"),
                        Views.of("c", true, "no-plan"));

        assertThat(view.highest()).isEqualTo(R8);
        assertThat(view.acknowledged()).containsExactly(R7, Revision.NONE);
        assertThat(FleetView.EMPTY.highest()).isEqualTo(Revision.NONE);
    }

    @Test
    void onePodsCredentialFaultIsTheAccountsState() {
        FleetView view =
                view(
                        Views.of("a", true, "complete"),
                        Views.of("b", true, "complete", "credential-fault"));

        assertThat(view.account("uid-of-first"))
                .contains(
                        new AccountHealth(
                                State.CredentialInvalid,
                                new Health(
                                        "2027-01-15T08:05:20Z",
                                        "Account",
                                        new Failure("2027-01-15T08:00:20Z", 401, "Credential"),
                                        1),
                                Set.of("9f2c41aa")));
    }

    @Test
    void aRestoredAccountIsActiveAgainWithoutAFailure() {
        FleetView view = view(Views.of("b", true, "complete", "credential-fault", "restored"));

        assertThat(view.account("uid-of-first"))
                .contains(
                        new AccountHealth(State.Active, new Health(null, null, null, 1), Set.of()));
    }

    @Test
    void aModelThatIsOutIsNamedOnAnAccountThatServes() {
        FleetView view = view(Views.of("a", true, "complete"), Views.of("b", true, "complete"));

        AccountHealth third = view.account("uid-of-third").orElseThrow();

        assertThat(third.state()).isEqualTo(State.Active);
        assertThat(third.health().scope()).isEqualTo("large");
        assertThat(third.health().until()).isEqualTo("2027-01-15T08:05:08Z");
        assertThat(third.health().replicasReporting()).isEqualTo(2);
    }

    @Test
    void ofAnAccountNoReadyPodToldOfNothingIsKnown() {
        assertThat(view(Views.of("a", true, "no-plan")).account("uid-of-first")).isEmpty();
        assertThat(view(Views.of("a", false, "complete")).account("uid-of-first")).isEmpty();
    }

    @Test
    void podsAreListedWithWhatTheyRun() {
        FleetView view = view(Views.of("b", true, "no-plan"), Views.of("a", true, "complete"));

        assertThat(view.replicas())
                .containsExactly(
                        new Replica("a", "r-7", "2027-01-15T08:00:00.500Z"),
                        new Replica("b", null, null));
    }

    @Test
    void aPageOfChangesLeavesTheRestAndACompleteOneReplacesAll() {
        PodView told = Views.of("a", true, "complete", "restored");
        assertThat(told.report().orElseThrow().accounts()).hasSize(3);

        PodView anew = told.told(Views.page(AdminPort.page("no-plan")), Views.NOW);

        assertThat(anew.report().orElseThrow().accounts()).isEmpty();
        assertThat(anew.revision()).isEqualTo(Revision.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>",
                "{\"sequence\":\"1\"}",
                "{\"sequence\":1,\"revision\":\"seven\"}"
            })
    void whatIsNoReportIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> ReportPage.parse(text))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is no report");
    }

    @Test
    void anAccountInAStateOfANewerGatewayIsLeftOut() throws IOException {
        String page = AdminPort.page("complete").replace("\"CoolingDown\"", "\"Newer\"");

        assertThat(ReportPage.parse(page).accounts())
                .containsOnlyKeys("uid-of-first", "uid-of-third");
    }

    private static FleetView view(PodView... pods) {
        return new FleetView(List.of(pods), UsageLedger.EMPTY);
    }
}

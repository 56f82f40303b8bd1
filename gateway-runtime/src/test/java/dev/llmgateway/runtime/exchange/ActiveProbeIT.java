package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `health.probe`: an account is asked by itself, and what it answers counts.
class ActiveProbeIT {
    private static final Script GOOD = Script.json(200, "{\"id\":\"1\",\"model\":\"tiny\"}");
    private static final Script REFUSED = Script.json(401, "{\"error\":{\"message\":\"no\"}}");

    private static AccountPlan account(FaultUpstream upstream, WireFormat format, long interval) {
        HealthPlan usual = Plans.Account.FORGIVING;
        return Plans.account("probed")
                .at(upstream.address() + "/v1")
                .formats(format)
                .health(
                        new HealthPlan(
                                usual.capacityStatuses(),
                                usual.credentialStatuses(),
                                5_000,
                                300_000,
                                true,
                                5,
                                1_000,
                                30_000,
                                interval == 0 ? "" : "tiny",
                                interval))
                .plan();
    }

    private static AccountView view(GatewayFixture gateway) {
        return gateway.services().accounts().of("UpstreamAccount/default/probed").view();
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"Messages", "ChatCompletions", "Responses"})
    void an_account_is_asked_for_one_token_in_its_own_format(WireFormat format) {
        try (var upstream = FaultUpstream.always(GOOD);
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(account(upstream, format, 300)))) {
            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "two probes",
                    () -> upstream.received().size() >= 2);

            HttpMessage probe = upstream.received().getFirst().message();
            assertThat(GatewayFixture.json(probe.text()).path("model").asText()).isEqualTo("tiny");
            assertThat(probe.startLine())
                    .isEqualTo(
                            switch (format) {
                                case Messages -> "POST /v1/messages HTTP/1.1";
                                case Responses -> "POST /v1/responses HTTP/1.1";
                                default -> "POST /v1/chat/completions HTTP/1.1";
                            });
            assertThat(view(gateway).phase()).isEqualTo("Serving");
        }
    }

    /// A parked account would be tried every five minutes; its probe finds out sooner.
    @Test
    void a_probe_parks_an_account_and_brings_it_back() throws IOException {
        AtomicReference<Script> script = new AtomicReference<>(REFUSED);
        try (var upstream = FaultUpstream.start(_ -> script.get());
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(
                                        account(upstream, WireFormat.ChatCompletions, 300)))) {
            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "parked: " + view(gateway),
                    () -> view(gateway).state().equals("CredentialInvalid"));

            script.set(GOOD);

            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "serving: " + view(gateway),
                    () -> view(gateway).phase().equals("Serving"));
            assertThat(view(gateway).changes())
                    .extracting(change -> change.from() + " to " + change.to())
                    .startsWith("Serving to Parked", "Parked to Probing")
                    .endsWith("Probing to Serving");
            assertThat(
                            gateway.post(
                                            "/v1/chat/completions",
                                            "{\"model\":\"m\",\"messages\":[]}")
                                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobody_is_asked_who_has_no_probe() throws IOException {
        try (var upstream = FaultUpstream.always(GOOD);
                var probed = FaultUpstream.always(GOOD);
                var gateway =
                        GatewayFixture.serving(
                                Plans.gateway(
                                        List.of(
                                                account(probed, WireFormat.Messages, 250),
                                                Plans.account("other")
                                                        .at(upstream.address() + "/v1")
                                                        .plan()),
                                        List.of(GatewayFixture.key().plan())))) {
            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "three probes of the other",
                    () -> probed.received().size() >= 3);

            assertThat(upstream.received()).isEmpty();
            assertThat(gateway.services().meters().calls()).isGreaterThanOrEqualTo(3);
        }
    }
}

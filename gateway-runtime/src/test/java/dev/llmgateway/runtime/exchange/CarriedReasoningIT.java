package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.AccountTag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sealed reasoning leads back to the account that can read it (translation.md 3.5).
class CarriedReasoningIT {
    private static final String CLIENT =
            "anthropic-version: 2023-06-01\r\n" + GatewayFixture.FIELDS;
    private static final String REPLY =
            "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"error\":null,"
                    + "\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"completed\","
                    + "\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[]}]}],"
                    + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}";

    private static GatewayPlan plan(FaultUpstream... upstreams) {
        List<AccountPlan> accounts =
                Arrays.stream(upstreams).map(CarriedReasoningIT::account).toList();
        return Plans.gateway(accounts, List.of(GatewayFixture.key().plan()));
    }

    private static AccountPlan account(FaultUpstream upstream) {
        return Plans.account("a" + upstream.address().getPort())
                .at(upstream.address() + "/v1")
                .formats(WireFormat.Responses)
                .plan();
    }

    /// A conversation that an account has thought in.
    private static String thoughtBy(FaultUpstream upstream) {
        String list = "[\"" + AccountTag.of(account(upstream).uid()) + "\",\"m\",\"rs_1\",\"E\"]";
        String signature =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(list.getBytes(StandardCharsets.UTF_8));
        return "{\"model\":\"m\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"gwO1."
                + signature
                + "\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"}]}";
    }

    @Test
    void the_account_that_thought_is_asked() throws IOException {
        try (var one = FaultUpstream.always(Script.json(200, REPLY));
                var two = FaultUpstream.always(Script.json(200, REPLY));
                var three = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = GatewayFixture.serving(plan(one, two, three))) {
            for (int i = 0; i < 8; i++) {
                gateway.post("/v1/messages", CLIENT, thoughtBy(one));
                gateway.post("/v1/messages", CLIENT, thoughtBy(three));
            }

            assertThat(one.received()).hasSize(8);
            assertThat(two.received()).isEmpty();
            assertThat(three.received()).hasSize(8);
            assertThat(one.received().getLast().message().text())
                    .contains("\"encrypted_content\":\"E\"");
        }
    }

    @Test
    void another_one_goes_on_without_when_it_cannot() throws IOException {
        try (var busy = FaultUpstream.always(Script.json(429, "{}"));
                var other = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = GatewayFixture.serving(plan(busy, other))) {

            var reply = gateway.post("/v1/messages", CLIENT, thoughtBy(busy));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(busy.received()).hasSize(1);
            assertThat(other.received().getFirst().message().text())
                    .doesNotContain("\"encrypted_content\"");
        }
    }
}

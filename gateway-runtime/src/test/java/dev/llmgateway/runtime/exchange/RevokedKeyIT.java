package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a key has under way ends within five seconds of its revocation; the streams of others go on
/// (reliability-security.md S2).
class RevokedKeyIT {
    private static final String OTHER = "another-key-of-this-test";
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final VendorStream STREAM =
            VendorStream.of(WireFormat.Messages, "up", "Hel", "lo");

    enum Revocation {
        Deleted,
        Suspended,
        Expired
    }

    @ParameterizedTest
    @EnumSource
    void what_its_key_has_under_way_ends_soon(Revocation how) throws IOException {
        Script slow = STREAM.whole().cutEvery(60, Duration.ofMillis(400));
        try (var upstream = FaultUpstream.always(slow);
                var gateway = GatewayFixture.serving(plan(upstream, GatewayFixture.key()));
                RawClient revoked = stream(gateway, GatewayFixture.KEY);
                RawClient other = stream(gateway, OTHER)) {
            assertThat(revoked.reader().line()).startsWith("HTTP/1.1 200");
            assertThat(other.reader().line()).startsWith("HTTP/1.1 200");

            gateway.swap("revoked", plan(upstream, after(how)));

            long began = System.nanoTime();
            assertThatThrownBy(() -> toTheEnd(revoked)).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
            assertThat(toTheEnd(other)).contains("event: message_stop\n");
            assertThat(outcomes(gateway, 2)).containsExactlyInAnyOrder("revoked", "served");
            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "every lease is free",
                    () -> gateway.stats().upstreamLeased() == 0);
            var account =
                    gateway.services().usage().account("UpstreamAccount/default/upstream").totals();
            assertThat(account.errors()).as("the account's fault").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_that_nobody_has_answered_yet_is_refused(Revocation how) throws IOException {
        try (var upstream = FaultUpstream.always(Script.of(new Step.Stall()));
                var gateway = GatewayFixture.serving(plan(upstream, GatewayFixture.key()));
                RawClient waiting = stream(gateway, GatewayFixture.KEY)) {
            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "the upstream is asked",
                    () -> upstream.received().size() == 1);

            gateway.swap("revoked", plan(upstream, after(how)));

            var reply = waiting.response();
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.text()).contains("authentication_error");
            assertThat(outcomes(gateway, 1)).containsExactly("revoked");
        }
    }

    private static GatewayPlan plan(FaultUpstream upstream, Plans.Key key) {
        return Plans.gateway(
                List.of(GatewayFixture.account(upstream).plan()), List.of(key.plan(), other()));
    }

    private static KeyPlan other() {
        return Plans.key("other").sha256(GatewayFixture.sha256(OTHER)).plan();
    }

    private static Plans.Key after(Revocation how) {
        return switch (how) {
            case Deleted ->
                    Plans.key("unrelated").sha256(GatewayFixture.sha256("an-unrelated-key"));
            case Suspended -> GatewayFixture.key().suspended();
            case Expired -> GatewayFixture.key().expires(1);
        };
    }

    private static RawClient stream(GatewayFixture gateway, String key) throws IOException {
        return gateway.client()
                .request(
                        "POST /v1/messages HTTP/1.1",
                        "x-api-key: " + key + "\r\ncontent-type: application/json\r\n",
                        VendorStream.request("up"));
    }

    private static String toTheEnd(RawClient client) throws IOException {
        StringBuilder rest = new StringBuilder();
        while (!rest.toString().endsWith("\r\n0\r\n\r\n")) {
            rest.append(client.reader().line());
        }
        return rest.toString();
    }

    private static List<String> outcomes(GatewayFixture gateway, int lines) {
        return gateway.log(lines).stream().map(line -> line.path("outcome").asText()).toList();
    }
}

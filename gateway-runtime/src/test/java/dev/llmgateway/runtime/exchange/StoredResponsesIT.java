package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.NamespaceSet;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.upstream.Credentials;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Responses that an account stores are found again by who they belong to, and by nobody else.
class StoredResponsesIT {
    private static final String STRANGER = "sk-of-another-namespace";
    private static final String RESPONSES = "/v1/responses";
    private static final String REPLY =
            "{\"created_at\":1,\"id\":\"resp_abc\",\"object\":\"response\",\"status\":\"completed\","
                    + "\"model\":\"m\",\"error\":null,\"output\":[],"
                    + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}";
    private static final String CREATED =
            "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
                    + "\"response\":{\"id\":\"resp_abc\",\"model\":\"m\",\"status\":\"in_progress\",\"output\":[]}}\n\n";
    private static final String COMPLETED =
            "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":1,"
                    + "\"response\":{\"id\":\"resp_abc\",\"model\":\"m\",\"status\":\"completed\",\"output\":[]}}\n\n";

    private static Credentials sealing(GatewayPlan plan) {
        CredentialRef ref =
                new CredentialRef(
                        plan.gateway().namespace(), plan.gateway().name(), ResponseIds.KEY);
        return asked ->
                asked.equals(ref)
                        ? Optional.of(new Credential.Value("0123456789abcdef"))
                        : Optional.empty();
    }

    private static GatewayFixture before(FaultUpstream... upstreams) {
        GatewayPlan plan = plan(upstreams);
        GatewayFixture gateway = GatewayFixture.serving(plan);
        gateway.swap("sealed", plan, sealing(plan));
        return gateway;
    }

    /// Accounts `a0`, `a1`, ... for keys of two namespaces.
    private static GatewayPlan plan(FaultUpstream... upstreams) {
        NamespaceSet both = NamespaceSet.of(List.of("default", "other"));
        List<AccountPlan> accounts = new ArrayList<>();
        for (FaultUpstream upstream : upstreams) {
            accounts.add(
                    Plans.account("a" + accounts.size())
                            .at(upstream.address() + "/v1")
                            .formats(WireFormat.Responses)
                            .consumers(both)
                            .plan());
        }
        KeyPlan stranger =
                Plans.key("stranger")
                        .namespace("other")
                        .sha256(GatewayFixture.sha256(STRANGER))
                        .accountNamespaces(both)
                        .plan();
        return Plans.gateway(accounts, List.of(GatewayFixture.key().plan(), stranger));
    }

    private static HttpMessage send(GatewayFixture gateway, String method, String id)
            throws IOException {
        return send(gateway, method, id, GatewayFixture.KEY);
    }

    private static HttpMessage send(GatewayFixture gateway, String method, String id, String key)
            throws IOException {
        try (RawClient client = gateway.client()) {
            return client.send(
                            method
                                    + " /v1/responses/"
                                    + id
                                    + " HTTP/1.1\r\nhost: test\r\nx-api-key: "
                                    + key
                                    + "\r\n\r\n")
                    .response();
        }
    }

    private static String ask(String members) {
        return "{\"model\":\"m\",\"input\":\"Hi\"" + members + "}";
    }

    private static String id(HttpMessage reply) {
        return GatewayFixture.json(reply.text()).path("id").asText();
    }

    @Test
    void a_stored_response_has_an_id_that_leads_back_to_its_account() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(upstream)) {

            String id = id(gateway.post(RESPONSES, ask("")));
            HttpMessage next =
                    gateway.post(RESPONSES, ask(",\"previous_response_id\":\"" + id + "\""));

            assertThat(id).matches("resp_[0-9a-f]{20}_resp_abc");
            assertThat(next.status()).isEqualTo(200);
            JsonNode sent = GatewayFixture.json(upstream.received().getLast().message().text());
            assertThat(sent.path("previous_response_id").asText()).isEqualTo("resp_abc");
            assertThat(sent.path("input").asText()).isEqualTo("Hi");
        }
    }

    @Test
    void only_the_owning_account_is_asked_to_go_on() throws IOException {
        try (var one = FaultUpstream.always(Script.json(200, REPLY));
                var two = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(one, two)) {
            String id = id(gateway.post(RESPONSES, ask("")));
            boolean first = one.received().size() == 1;

            for (int i = 0; i < 8; i++) {
                gateway.post(RESPONSES, ask(",\"previous_response_id\":\"" + id + "\""));
            }

            assertThat((first ? one : two).received()).hasSize(9);
            assertThat((first ? two : one).received()).isEmpty();
        }
    }

    @Test
    void a_key_of_another_namespace_neither_reads_nor_goes_on() throws IOException {
        String fields = "x-api-key: " + STRANGER + "\r\ncontent-type: application/json\r\n";
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(upstream)) {
            String id = id(gateway.post(RESPONSES, ask("")));
            String own = id(gateway.post(RESPONSES, fields, ask("")));
            // A seal of one's own on somebody else's response.
            String forged = own.substring(0, own.indexOf("_resp_")) + "_resp_xyz";

            for (String tried : List.of(id, forged)) {
                String next = ask(",\"previous_response_id\":\"" + tried + "\"");
                assertThat(gateway.post(RESPONSES, fields, next).status()).isEqualTo(400);
                assertThat(send(gateway, "GET", tried, STRANGER).status()).isEqualTo(404);
                assertThat(send(gateway, "DELETE", tried, STRANGER).status()).isEqualTo(404);
            }
            assertThat(upstream.received()).hasSize(2);
        }
    }

    @Test
    void a_stream_shows_the_same_id_in_each_event() throws IOException {
        try (var upstream = FaultUpstream.always(Script.events(CREATED, COMPLETED).endOfChunks());
                var gateway = before(upstream)) {

            String text = gateway.post(RESPONSES, ask(",\"stream\":true")).text();

            assertThat(text).doesNotContain("\"resp_abc\"").contains("_resp_abc\"");
            assertThat(text.lines().filter(line -> line.contains("_resp_abc\""))).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"store\":false", ",\"store\": false"})
    void what_is_not_stored_keeps_its_id(String store) throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(upstream)) {

            assertThat(id(gateway.post(RESPONSES, ask(store)))).isEqualTo("resp_abc");
        }
    }

    @Test
    void a_response_is_read_and_deleted_at_its_account_by_its_id() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(upstream)) {
            String id = id(gateway.post(RESPONSES, ask("")));

            HttpMessage read = send(gateway, "GET", id);
            HttpMessage deleted = send(gateway, "DELETE", id);

            assertThat(read.status()).isEqualTo(200);
            assertThat(id(read)).isEqualTo(id);
            assertThat(deleted.status()).isEqualTo(200);
            assertThat(upstream.received().stream().map(r -> r.message().startLine()))
                    .endsWith(
                            "GET /v1/responses/resp_abc HTTP/1.1",
                            "DELETE /v1/responses/resp_abc HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resp_abc",
                "resp_0123456789abcdef0123_resp_abc",
                "resp_0123456789abcdef0123_",
                "resp_",
                "x"
            })
    void ids_that_the_gateway_did_not_give_are_unknown(String id) throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(upstream)) {

            HttpMessage next =
                    gateway.post(RESPONSES, ask(",\"previous_response_id\":\"" + id + "\""));
            HttpMessage read = send(gateway, "GET", id);

            assertThat(next.status()).isEqualTo(400);
            assertThat(GatewayFixture.json(next.text()).at("/error/param").asText())
                    .isEqualTo("previous_response_id");
            assertThat(read.status()).isEqualTo(404);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_conversation_of_the_providers_is_refused() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = before(upstream)) {

            HttpMessage reply = gateway.post(RESPONSES, ask(",\"conversation\":\"conv_1\""));
            HttpMessage none = gateway.post(RESPONSES, ask(",\"conversation\":null"));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(GatewayFixture.json(reply.text()).at("/error/param").asText())
                    .isEqualTo("conversation");
            assertThat(none.status()).isEqualTo(200);
        }
    }

    @Test
    void without_a_key_to_seal_with_nothing_is_believed() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, REPLY));
                var gateway = GatewayFixture.serving(plan(upstream))) {

            assertThat(id(gateway.post(RESPONSES, ask("")))).isEqualTo("resp_abc");
            assertThat(
                            gateway.post(RESPONSES, ask(",\"previous_response_id\":\"resp_abc\""))
                                    .status())
                    .isEqualTo(400);
        }
    }
}

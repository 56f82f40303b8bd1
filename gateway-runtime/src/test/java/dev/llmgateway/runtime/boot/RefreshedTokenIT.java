package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.source.Publisher;
import dev.llmgateway.runtime.source.ScriptedApi;
import dev.llmgateway.runtime.upstream.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An account whose token is refreshed beside three pods (spec/oauth.md): a refused token parks
/// only itself, another account answers, and the next token is used as soon as it is written.
class RefreshedTokenIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "sk-of-a-client-of-pods";
    private static final CredentialRef TOKEN =
            new CredentialRef("default", "tokens", "access-token");
    private static final CredentialRef MOVED =
            new CredentialRef("default", "tokens", "resource-url");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private volatile String live = "token-1";
    private final FaultUpstream provider = FaultUpstream.start(this::signedIn);
    private final FaultUpstream elsewhere = FaultUpstream.start(this::signedIn);
    private final FaultUpstream other = FaultUpstream.always(Script.json(200, "{}"));
    private final Publisher publisher = new Publisher();
    private ScriptedApi api;
    private List<Pod> pods;

    @BeforeEach
    void start() throws IOException {
        api = ScriptedApi.start(0);
        Files.writeString(folder.resolve("token"), "token-1");
        Files.writeString(folder.resolve("admin"), "admin-token");
        write("token-1", Map.of());
        pods = IntStream.range(0, 3).mapToObj(_ -> Pod.start(api.address(), folder)).toList();
        pods.forEach(pod -> assertThat(call(pod).status()).isEqualTo(200));
        assertThat(provider.received()).hasSize(3);
    }

    @AfterEach
    void stop() throws IOException {
        pods.forEach(Pod::close);
        for (FaultUpstream upstream : List.of(provider, elsewhere, other)) {
            upstream.close();
        }
        api.close();
    }

    @Test
    void aRefusedTokenIsReportedAndAnotherAccountAnswersUntilTheNextTokenIsWritten() {
        live = "token-2";

        for (Pod pod : pods) {
            assertThat(call(pod).status()).as("another account answers").isEqualTo(200);
            Poll.untilTrue(PATIENCE, () -> "told", () -> refused(pod).equals(print("token-1")));
        }
        assertThat(other.received()).hasSize(3);

        long written = System.nanoTime();
        write("token-2", Map.of());
        int before = provider.received().size();
        for (Pod pod : pods) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "uses the new token",
                    () -> {
                        int asked = provider.received().size();
                        return call(pod).status() == 200 && provider.received().size() > asked;
                    });
        }
        Figures.note(
                "U2",
                "a new token is used by 3 pods",
                (System.nanoTime() - written) / 1e6,
                "ms",
                Promise.atMost(1_000));
        assertThat(provider.received().subList(before, provider.received().size()))
                .allMatch(received -> bearer(received).equals("token-2"));
        pods.forEach(
                pod -> Poll.untilTrue(PATIENCE, () -> "forgiven", () -> refused(pod).isEmpty()));
    }

    /// What was refused before belongs to the old token, however late it is told.
    @Test
    void aTokenIsNotBlamedForItsPredecessor() {
        write("token-2", Map.of());
        live = "token-2";
        for (Pod pod : pods) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "uses the new token",
                    () -> {
                        call(pod);
                        return bearer(provider.received().getLast()).equals("token-2");
                    });
        }

        pods.forEach(pod -> assertThat(refused(pod)).isNotEqualTo(print("token-2")));
    }

    @Test
    void anAccountGoesWhereItsProviderMovesIt() {
        write(
                "token-1",
                Map.of(MOVED, elsewhere.address().toString().replace("https", "http") + "/v1"));

        for (Pod pod : pods) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "moved",
                    () -> {
                        int asked = elsewhere.received().size();
                        return call(pod).status() == 200 && elsewhere.received().size() > asked;
                    });
        }
    }

    @Test
    void anAccountDoesNotGoToAHostThatItsProfileDoesNotList() {
        write("token-2", Map.of(MOVED, "http://localhost:" + elsewhere.address().getPort()));
        live = "token-2";

        for (Pod pod : pods) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "uses the new token where it was",
                    () -> {
                        call(pod);
                        return bearer(provider.received().getLast()).equals("token-2");
                    });
        }
        assertThat(elsewhere.received()).isEmpty();
    }

    private void write(String token, Map<CredentialRef, String> more) {
        Map<CredentialRef, String> values = new HashMap<>(more);
        values.put(TOKEN, token);
        values.put(Publisher.SECRET, "sk-other");
        publisher.credentials(values);
        publisher.publish(api, plan());
    }

    private GatewayPlan plan() {
        return Plans.gateway(
                List.of(
                        Plans.account("signed-in")
                                .at(provider.address() + "/v1")
                                .credential(
                                        new CredentialPlan.OAuth(
                                                TOKEN, "Qwen", List.of("127.0.0.1")))
                                .plan(),
                        Plans.account("other")
                                .at(other.address() + "/v1")
                                .priority(1)
                                .credential(
                                        new CredentialPlan.ApiKey(
                                                Publisher.SECRET, CredentialPlan.Header.Bearer))
                                .plan()),
                List.of(Plans.key("client").sha256(Plans.sha256(KEY)).plan()));
    }

    private Script signedIn(Received received) {
        return bearer(received).equals(live) ? Script.json(200, "{}") : Script.json(401, "{}");
    }

    private static String bearer(Received received) {
        return received.message().field("authorization").orElse("").replace("Bearer ", "");
    }

    private static String print(String token) {
        return new Credential.Value(token).fingerprint();
    }

    /// Fingerprint of what the pod says its upstream refuses; empty: nothing.
    private static String refused(Pod pod) {
        for (JsonNode account : report(pod).path("accounts")) {
            if (account.path("account").asText().equals("default/signed-in")) {
                return account.path("refused").asText("");
            }
        }
        return "";
    }

    private static JsonNode report(Pod pod) {
        try (RawClient client = RawClient.connect(address(pod.admin()), PATIENCE)) {
            return JSON.readTree(
                    client.send(
                                    """
                                    GET /report?after=-1 HTTP/1.1
                                    host: pod
                                    authorization: Bearer admin-token

                                    """
                                            .replace("\n", "\r\n"))
                            .response()
                            .body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpMessage call(Pod pod) {
        String body = "{\"model\":\"m\",\"messages\":[]}";
        try (RawClient client = RawClient.connect(address(pod.data()), PATIENCE)) {
            return client.send(
                            "POST /v1/chat/completions HTTP/1.1\r\nhost: pod\r\nx-api-key: "
                                    + KEY
                                    + "\r\ncontent-type: application/json\r\ncontent-length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body)
                    .response();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}

package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {
    private static final Credential SECRET = new Credential.Value("sk-account");
    private static final CredentialPlan OAUTH =
            new CredentialPlan.OAuth(Accounts.REF, "Anthropic", List.of());

    @Test
    void a_plain_head_is_these_bytes() {
        String head = chat(Accounts.openAi(), "Content-Type: application/json", "User-Agent: curl");

        assertThat(head)
                .isEqualTo(
                        """
                        POST /v1/chat/completions HTTP/1.1\r
                        host: api.openai.com\r
                        accept-encoding: identity\r
                        Content-Type: application/json\r
                        User-Agent: curl\r
                        authorization: Bearer sk-account\r
                        content-length: 12\r
                        \r
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer canary",
                "AUTHORIZATION: canary",
                "x-api-key: canary",
                "Api-Key: canary",
                "x-goog-api-key: canary",
                "x-llm-gateway-key: canary",
                "x_api_key: canary",
                "api_key: canary",
                "content_length: canary",
                "Cookie: canary",
                "Proxy-Authorization: canary",
                "Forwarded: canary",
                "X-Forwarded-For: canary",
                "X_Forwarded_For: canary",
                "X-Real-IP: canary",
                "Via: canary",
                "Host: canary",
                "Content-Length: canary",
                "Transfer-Encoding: canary",
                "Connection: canary",
                "Keep-Alive: canary",
                "TE: canary",
                "Trailer: canary",
                "Upgrade: canary",
                "Expect: canary",
                "Accept-Encoding: canary",
                "Content-Encoding: canary",
                "Accept-Language: canary",
                "X-Unknown: canary",
                "OpenAI-Organization: canary",
                "openai-project: canary"
            })
    void what_is_not_on_the_list_never_goes_upstream(String line) {
        // Even a plan that forwards the forbidden name changes nothing; harmless ones it may
        // forward.
        String name = line.substring(0, line.indexOf(':'));
        boolean harmless = List.of("Accept-Language", "X-Unknown").contains(name);
        Accounts account = Accounts.openAi().forward(harmless ? "x-team" : name);

        String head = chat(account, line);

        assertThat(head).doesNotContain("canary");
        assertThat(head).containsOnlyOnce("authorization: Bearer sk-account\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept: v",
                "user-agent: v",
                "openai-beta: v",
                "x-stainless-lang: v",
                "x-app: v",
                "X-Codex-Window: v",
                "version: v",
                "x-client-request-id: v",
                "session-id: v",
                "x-session-affinity: v",
                "x-session-id: v",
                "originator: v",
                "session_id: v",
                "thread-id: v",
                "conversation_id: v",
                "traceparent: v",
                "tracestate: v",
                "idempotency-key: v",
                "content-type: v"
            })
    void the_listed_headers_pass_when_the_formats_match(String line) {
        assertThat(chat(Accounts.openAi(), line)).contains("\r\n" + line + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-beta: v",
                "anthropic-version: v",
                "openai-beta: v",
                "session_id: v",
                "x-stainless-lang: v",
                "x-claude-code-session-id: v",
                "x-codex-window: v",
                "content-type: v",
                "x-app: v"
            })
    void vendor_headers_stay_here_when_the_body_was_translated(String line) {
        UpstreamRoute route = UpstreamRoute.translated(WireFormat.ChatCompletions);

        String head = head(Accounts.openAi(), route, SECRET, line, "user-agent: curl");

        assertThat(head).doesNotContain(line).contains("user-agent: curl\r\n");
        assertThat(head).contains("content-type: application/json\r\n");
    }

    @Test
    void headers_of_the_other_vendor_stay_here() {
        assertThat(chat(Accounts.openAi(), "anthropic-beta: v")).doesNotContain("anthropic");
        assertThat(messages(Accounts.anthropic(), "openai-beta: v")).doesNotContain("openai");
    }

    @Test
    void a_nominated_header_stays_here_and_the_credential_cannot_be_nominated_away() {
        String head =
                chat(
                        Accounts.openAi(),
                        "Connection: keep-alive, Authorization , X-APP",
                        "connection: content-length, traceparent",
                        "x-app: canary",
                        "traceparent: canary",
                        "user-agent: curl");

        assertThat(head).doesNotContain("canary").contains("user-agent: curl");
        assertThat(head).contains("authorization: Bearer sk-account", "content-length: 12");
    }

    @Test
    void a_repeated_single_header_goes_out_once() {
        String head = chat(Accounts.openAi(), "Content-Type: a/b", "content-type: c/d");

        assertThat(head).contains("Content-Type: a/b").doesNotContain("c/d");
    }

    @Test
    void a_value_that_could_end_a_line_is_left_out() {
        assertThat(chat(Accounts.openAi(), "x-app: a\r\nx-api-key: canary"))
                .doesNotContain("canary");
    }

    @Test
    void the_account_forwards_and_adds_headers_of_its_own() {
        Accounts account = Accounts.openAi().forward("X-Team").add("X-App", "ours");

        String head = chat(account, "x-team: red", "x-app: theirs", "x-other: blue");

        assertThat(head).contains("x-team: red\r\n", "x-app: ours\r\n");
        assertThat(head).doesNotContain("theirs", "blue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "X_Api_Key", "content_length", "cookie", "proxy-x"})
    void a_plan_cannot_add_what_touches_credential_or_framing(String name) {
        assertThat(chat(Accounts.openAi().add(name, "canary"))).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "'', x-api-key: sk-account",
        "2023-06-01, x-api-key: sk-account",
        "2026-10-20, x-api-key: sk-account",
        "2026-10-21, authorization: Bearer sk-account",
        "2027-01-01, authorization: Bearer sk-account",
        "zzz, x-api-key: sk-account"
    })
    void an_anthropic_key_travels_as_the_version_asks(String version, String line) {
        String head =
                version.isEmpty()
                        ? messages(Accounts.anthropic())
                        : messages(Accounts.anthropic(), "anthropic-version: " + version);

        String sent = version.isEmpty() ? "2023-06-01" : version;
        assertThat(head).contains("\r\n" + line + "\r\n");
        assertThat(head).containsOnlyOnce("sk-account");
        assertThat(head).containsOnlyOnce("anthropic-version: " + sent + "\r\n");
    }

    @Test
    void an_account_may_pin_the_version() {
        Accounts account = Accounts.anthropic().add("anthropic-version", "2026-10-21");

        String head = messages(account, "anthropic-version: 2023-06-01");

        assertThat(head).containsOnlyOnce("anthropic-version: 2026-10-21");
        assertThat(head).containsOnlyOnce("anthropic-version").contains("Bearer sk-account");
    }

    @Test
    void oauth_joins_its_beta_to_the_clients_once() {
        Accounts account = Accounts.anthropic().credential(OAUTH).add("anthropic-beta", "c");

        String head =
                messages(account, "anthropic-beta: a, oauth-2025-04-20", "Anthropic-Beta: b,a");

        assertThat(head).contains("\r\nanthropic-beta: a,b,c,oauth-2025-04-20\r\n");
        assertThat(head).contains("authorization: Bearer sk-account\r\n");
    }

    @Test
    void the_oauth_beta_reaches_no_other_account() {
        assertThat(messages(Accounts.anthropic(), "anthropic-beta: oauth-2025-04-20,a"))
                .contains("\r\nanthropic-beta: a\r\n");
        assertThat(messages(Accounts.anthropic(), "anthropic-beta: oauth-2025-04-20"))
                .doesNotContain("anthropic-beta");
    }

    @Test
    void a_translated_request_to_anthropic_gets_the_old_version() {
        UpstreamRoute route = UpstreamRoute.translated(WireFormat.Messages);

        String head = head(Accounts.anthropic(), route, SECRET, "anthropic-version: 2026-10-21");

        assertThat(head).contains("anthropic-version: 2023-06-01\r\nx-api-key: sk-account\r\n");
    }

    @Test
    void passthrough_sends_the_callers_own_credential_only_beside_a_gateway_key() {
        Accounts account = Accounts.openAi().credential(new CredentialPlan.Passthrough());
        UpstreamRoute route = UpstreamRoute.relayed(WireFormat.ChatCompletions, "");
        Credential own = new Credential.Passthrough();

        String with =
                head(account, route, own, "x-llm-gateway-key: gw", "Authorization: Bearer mine");
        String without = head(account, route, own, "Authorization: Bearer mine");

        assertThat(with).contains("Authorization: Bearer mine\r\n").doesNotContain("gw\r\n");
        assertThat(without).doesNotContain("mine");
    }

    @Test
    void a_pooled_account_never_carries_the_callers_credential() {
        UpstreamRoute route = UpstreamRoute.relayed(WireFormat.ChatCompletions, "");
        String[] lines = {"x-llm-gateway-key: gw", "Authorization: Bearer mine"};

        assertThat(head(Accounts.openAi(), route, SECRET, lines)).doesNotContain("mine");
        assertThat(head(Accounts.openAi(), route, new Credential.Passthrough(), lines))
                .doesNotContain("mine");
    }

    @Test
    void the_query_passes_to_the_same_format_only() {
        UpstreamRoute same = UpstreamRoute.relayed(WireFormat.Messages, "beta=true&key=canary");
        UpstreamRoute other =
                new UpstreamRoute(WireFormat.Messages, "POST", "", "beta=true", false);

        assertThat(head(Accounts.anthropic(), same, SECRET))
                .startsWith("POST /v1/messages?beta=true HTTP/1.1\r\n");
        assertThat(head(Accounts.anthropic(), other, SECRET))
                .startsWith("POST /v1/messages HTTP/1.1\r\n");
    }

    @Test
    void a_get_has_a_suffix_and_no_body() {
        UpstreamRoute route = new UpstreamRoute(WireFormat.Responses, "GET", "/resp_1", "", true);
        ByteBuf bytes =
                RequestHeaders.head(
                        Accounts.of(Provider.OpenAICompatible, "http://x.test:81/v1").target(),
                        route,
                        ScriptedHead.of(),
                        SECRET,
                        0,
                        UnpooledByteBufAllocator.DEFAULT);

        assertThat(text(bytes))
                .startsWith("GET /v1/responses/resp_1 HTTP/1.1\r\nhost: x.test:81\r\n")
                .doesNotContain("content-length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "/", "/..", "/a/../b", "/a b", "/a?b", "/a//b", "/%2e%2e", "/a/"})
    void a_suffix_cannot_leave_its_route(String suffix) {
        assertThatThrownBy(() -> new UpstreamRoute(WireFormat.Responses, "GET", suffix, "", true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk\n", "sk\r\nx: y", "clé", "", " sk", "sk ", "s\0k"})
    void a_malformed_credential_is_refused_without_being_told(String text) {
        assertThat(Credential.Value.acceptable(text)).isFalse();
        assertThatThrownBy(() -> new Credential.Value(text))
                .hasMessage("a credential must be printable ASCII");
    }

    @Test
    void a_credential_is_found_by_its_reference_and_never_printed() {
        Credentials store =
                ref ->
                        ref.equals(Accounts.REF)
                                ? Optional.of(new Credential.Value("sk-1"))
                                : Optional.empty();

        assertThat(Credential.of(OAUTH, store)).contains(new Credential.Value("sk-1"));
        assertThat(Credential.of(OAUTH, _ -> Optional.empty())).isEmpty();
        assertThat(Credential.of(new CredentialPlan.Anonymous(), store))
                .contains(new Credential.None());
        assertThat(Credential.of(OAUTH, store).toString()).doesNotContain("sk-1");
    }

    private static String chat(Accounts account, String... lines) {
        return head(account, UpstreamRoute.relayed(WireFormat.ChatCompletions, ""), SECRET, lines);
    }

    private static String messages(Accounts account, String... lines) {
        return head(account, UpstreamRoute.relayed(WireFormat.Messages, ""), SECRET, lines);
    }

    private static String head(
            Accounts account, UpstreamRoute route, Credential credential, String... lines) {
        ByteBuf bytes =
                RequestHeaders.head(
                        account.target(),
                        route,
                        ScriptedHead.of(lines),
                        credential,
                        12,
                        UnpooledByteBufAllocator.DEFAULT);
        return text(bytes);
    }

    private static String text(ByteBuf bytes) {
        try {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        } finally {
            bytes.release();
        }
    }
}

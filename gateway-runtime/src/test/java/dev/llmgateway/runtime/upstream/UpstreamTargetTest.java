package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.CallTimeouts;
import dev.llmgateway.runtime.transport.TlsProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTargetTest {
    @ParameterizedTest
    @CsvSource({
        "Anthropic, https://api.anthropic.com, Messages, /v1/messages",
        "Anthropic, https://api.anthropic.com/, Messages, /v1/messages",
        "Anthropic, https://api.anthropic.com/v1, Messages, /v1/messages",
        "Anthropic, https://api.anthropic.com/v1/, CountTokens, /v1/messages/count_tokens",
        "Anthropic, https://api.anthropic.com, Models, /v1/models",
        "AnthropicCompatible, https://x.test/anthropic, Messages, /anthropic/v1/messages",
        "AnthropicCompatible, https://x.test/anthropic/v1//, Messages, /anthropic/v1/messages",
        "AnthropicCompatible, https://x.test/anthropic, Models, /anthropic/v1/models",
        "AnthropicCompatible, https://x.test/v12, Messages, /v12/v1/messages",
        "OpenAI, https://api.openai.com/v1, ChatCompletions, /v1/chat/completions",
        "OpenAI, https://api.openai.com, ChatCompletions, /v1/chat/completions",
        "OpenAI, https://api.openai.com/, Responses, /v1/responses",
        "OpenAI, https://api.openai.com/v1/, Completions, /v1/completions",
        "OpenAI, https://api.openai.com/v1, Embeddings, /v1/embeddings",
        "OpenAI, https://api.openai.com/v1, Models, /v1/models",
        "AzureOpenAI, https://r.openai.azure.com/openai/v1, Responses, /openai/v1/responses",
        "Google, https://g.test/v1beta/openai, ChatCompletions, /v1beta/openai/chat/completions",
        "Google, https://g.test/v1beta/openai, Models, /v1beta/openai/models",
        "Qwen, https://q.test/compatible-mode/v1, Embeddings, /compatible-mode/v1/embeddings",
        "OpenAICompatible, http://x.test:8000/api, ChatCompletions, /api/chat/completions",
        "OpenAICompatible, http://x.test:8000/api, Messages, /api/v1/messages"
    })
    void joins_base_url_and_route(Provider provider, String url, WireFormat format, String path) {
        assertThat(Accounts.of(provider, url).target().path(format)).isEqualTo(path);
    }

    @Test
    void takes_host_and_default_port_from_the_url() {
        var endpoint = Accounts.openAi().target().endpoint();

        assertThat(endpoint.host()).isEqualTo("api.openai.com");
        assertThat(endpoint.port()).isEqualTo(443);
        assertThat(endpoint.tls()).isEqualTo(TlsProfile.PLATFORM);
    }

    @Test
    void an_address_loses_its_brackets_and_clear_text_has_no_tls() {
        var endpoint =
                Accounts.of(Provider.OpenAICompatible, "http://[::1]:8000").target().endpoint();

        assertThat(endpoint.host()).isEqualTo("::1");
        assertThat(endpoint.port()).isEqualTo(8000);
        assertThat(endpoint.tls()).isEqualTo(TlsProfile.CLEAR);
    }

    @Test
    void own_roots_replace_the_platforms() {
        EgressPlan egress = new EgressPlan("", "", List.of(), "PEM", true, List.of("a.test"));

        var endpoint = Accounts.openAi().egress(egress).target().endpoint();

        assertThat(endpoint.tls()).isEqualTo(new TlsProfile(true, "PEM"));
        assertThat(endpoint.egress().allowPrivate()).isTrue();
        assertThat(endpoint.egress().allowHosts()).containsExactly("a.test");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.test, unrelated.test, http://secure-proxy:1",
        "http://api.test, unrelated.test, http://clear-proxy:1",
        "https://api.test, api.test, ''",
        "https://API.test, api.TEST, ''",
        "https://api.test:444, api.test:444, ''",
        "https://api.test:444, api.test:443, http://secure-proxy:1",
        "https://a.corp.test, .corp.test, ''",
        "https://corp.test, .corp.test, ''",
        "https://evilcorp.test, .corp.test, http://secure-proxy:1",
        "https://a.corp.test, *.corp.test, ''",
        "https://10.1.2.3, 10.0.0.0/8, ''",
        "https://11.1.2.3, 10.0.0.0/8, http://secure-proxy:1",
        "https://[fd00::5], fd00::/16, ''",
        "https://10.1.2.3, 10.0.0.0/99, http://secure-proxy:1",
        "https://[fd00::5], fd00:0:0::5, ''",
        "https://[fd00::5], [fd00::5], ''",
        "https://[fd00::5]:444, [fd00::5]:444, ''",
        "https://[fd00::5]:444, [fd00::5]:445, http://secure-proxy:1",
        "https://[fd00::5], fd00::6, http://secure-proxy:1",
        "https://api.test., api.test, ''",
        "https://a.api.test, api.test, http://secure-proxy:1",
        "http://api.test, api.test:80, ''",
        "https://api.test, api.test:443, ''",
        "https://api.test, *, ''"
    })
    void chooses_the_proxy_by_scheme_unless_the_host_needs_none(
            String url, String noProxy, String proxy) {
        EgressPlan egress =
                new EgressPlan(
                        "http://clear-proxy:1",
                        "http://secure-proxy:1",
                        List.of(noProxy),
                        "",
                        false,
                        List.of());

        var target = Accounts.of(Provider.OpenAICompatible, url).egress(egress).target();

        assertThat(target.endpoint().egress().proxy()).isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "http://llm.test/api, http://llm.test/api/chat/completions",
        "http://llm.test:8000, http://llm.test:8000/v1/chat/completions",
        "http://[fd00::1]:80/x, http://[fd00::1]/x/chat/completions",
        "https://llm.test/api, /api/chat/completions",
        "http://direct.test/api, /api/chat/completions"
    })
    void a_proxy_that_is_no_tunnel_is_told_where_to_go(String url, String target) {
        EgressPlan egress =
                new EgressPlan(
                        "http://proxy:1",
                        "http://proxy:1",
                        List.of("direct.test"),
                        "",
                        true,
                        List.of());

        assertThat(
                        Accounts.of(Provider.OpenAICompatible, url)
                                .egress(egress)
                                .target()
                                .path(WireFormat.ChatCompletions))
                .isEqualTo(target);
    }

    @Test
    void a_stream_is_bounded_at_its_start_and_in_its_silences() {
        TimeoutPlan plan = new TimeoutPlan(1, 2, 3, 4, 5, 6, 7);

        assertThat(Accounts.openAi().timeouts(plan).target().timeouts(true))
                .isEqualTo(new CallTimeouts(1, 2, 3, 5, 6, 7));
    }

    @Test
    void a_non_stream_is_bounded_as_a_whole() {
        TimeoutPlan unlimited = new TimeoutPlan(1, 2, 3, 4, 5, 6, 0);
        TimeoutPlan tight = new TimeoutPlan(1, 2, 3, 40, 5, 6, 7);

        assertThat(Accounts.openAi().timeouts(unlimited).target().timeouts(false))
                .isEqualTo(new CallTimeouts(1, 2, 4, 0, 0, 4));
        assertThat(Accounts.openAi().timeouts(tight).target().timeouts(false))
                .isEqualTo(new CallTimeouts(1, 2, 7, 0, 0, 7));
    }

    @Test
    void an_account_without_url_has_no_target() {
        assertThatThrownBy(() -> Accounts.of(Provider.Simulated, "").target())
                .isInstanceOf(IllegalArgumentException.class);
    }
}

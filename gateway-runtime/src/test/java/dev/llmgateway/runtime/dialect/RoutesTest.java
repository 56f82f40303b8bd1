package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.KeyPlan.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/, Root",
        "/v1/messages, Messages",
        "/messages, Messages",
        "/v1/v1/messages, Messages",
        "/anthropic/v1/messages, Messages",
        "/openai/messages, Messages",
        "/v1/messages/count_tokens, CountTokens",
        "/v1/chat/completions, ChatCompletions",
        "/openai/v1/chat/completions, ChatCompletions",
        "/v1/completions, Completions",
        "/v1/responses, Responses",
        "/v1/responses/compact, ResponsesCompact",
        "/v1/responses/input_tokens, InputTokens",
        "/v1/embeddings, Embeddings",
        "/v1/models, Models",
        "/v1/usage, Usage",
        "/gateway/v1/status, Status"
    })
    void knows_every_way_to_spell_a_route(String path, Operation operation) {
        assertThat(Routes.route(path)).isEqualTo(new Route(operation, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/responses/resp_ab12cd34_resp_x, ResponseById, resp_ab12cd34_resp_x",
        "/v1/models/gpt-4o, ModelById, gpt-4o",
        "/v1/models/anthropic/claude-x, ModelById, anthropic/claude-x",
        "/anthropic/v1/models/anthropic%2Fclaude-x:1.5, ModelById, anthropic/claude-x:1.5"
    })
    void reads_ids(String path, Operation operation, String id) {
        assertThat(Routes.route(path)).isEqualTo(new Route(operation, id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/v1",
                "/v1/",
                "/v1/messages/",
                "//v1/messages",
                "/v1//messages",
                "/v1/messages//count_tokens",
                "/v1/v1/v1/messages",
                "/V1/messages",
                "/v1/Messages",
                "/v1/messages;x",
                "/v1/messages%3B",
                "/v1/messages%2fcount_tokens",
                "/v1%2Fmessages",
                "/v1\\messages",
                "/v1/%2e%2e/messages",
                "/v1/../v1/messages",
                "/v1/./messages",
                "/v1/messages%00",
                "/v1/messages.",
                "/v1/messages ",
                "/v1/messages?x",
                "/v1/m\u00e9ssages",
                "v1/messages",
                "/anthropic/openai/v1/messages",
                "/anthropic",
                "/anthropic/",
                "/v1/anthropic/messages",
                "/v1/gateway/v1/status",
                "/anthropic/gateway/v1/status",
                "/gateway/v1/status/",
                "/v1/responses/",
                "/v1/responses/a/b",
                "/v1/responses/a%2Fb",
                "/v1/responses/..",
                "/v1/responses/a.",
                "/v1/responses/a%20",
                "/v1/responses/a;b",
                "/v1/models/",
                "/v1/models/.",
                "/v1/models/..",
                "/v1/models/a/../b",
                "/v1/models/a//b",
                "/v1/models/a/",
                "/v1/models//a",
                "/v1/models/a%2F",
                "/v1/models/a%2f",
                "/v1/models/a%2F..%2Fb",
                "/v1/models/a./b",
                "/v1/models/a b",
                "/v1/models/a%00",
                "/v1/batches",
                "/v1/files",
                "/v1/images/generations",
                "/v1/audio/speech",
                "/api/hello",
                "/metrics"
            })
    void everything_else_is_unknown(String path) {
        assertThat(Routes.route(path).operation()).isEqualTo(Operation.Unknown);
    }

    @Test
    void ids_are_bounded() {
        assertThat(Routes.route("/v1/models/" + "a".repeat(256)).operation())
                .isEqualTo(Operation.ModelById);
        assertThat(Routes.route("/v1/models/" + "a".repeat(257)).operation())
                .isEqualTo(Operation.Unknown);
    }

    @Test
    void routes_without_ids_allocate_nothing() {
        assertThat(Routes.route("/v1/messages")).isSameAs(Routes.route("/anthropic/v1/messages"));
    }

    @Test
    void every_operation_allows_exactly_what_it_names() {
        for (Operation operation : Operation.values()) {
            for (String method : new String[] {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT"}) {
                assertThat(operation.allows(method))
                        .as(operation + " " + method)
                        .isEqualTo((", " + operation.allow() + ",").contains(" " + method + ","));
            }
        }
    }

    @Test
    void access_follows_the_table() {
        assertThat(Operation.Messages.access("POST")).contains(Access.Write);
        assertThat(Operation.CountTokens.access("POST")).contains(Access.Read);
        assertThat(Operation.InputTokens.access("POST")).contains(Access.Read);
        assertThat(Operation.ResponseById.access("GET")).contains(Access.Read);
        assertThat(Operation.ResponseById.access("DELETE")).contains(Access.Write);
        assertThat(Operation.Status.access("GET")).contains(Access.Admin);
        assertThat(Operation.Root.access("GET")).isEmpty();
        assertThat(Operation.Unknown.access("GET")).isEmpty();
    }
}

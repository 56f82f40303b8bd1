package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.ForeignError;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// docs/translation.md: its words, the field table, and what the code makes of each end of a reply
/// and of each error.
final class TranslationPage {
    private static final Path WORDS = Path.of("src/test/resources/translation/introduction.md");
    private static final String USAGE =
            """

            ### Usage

            OpenAI counts cached tokens into the prompt, Anthropic does not.

            | Messages | Chat |
            |---|---|
            | `input_tokens` + `cache_creation_input_tokens` + `cache_read_input_tokens` | `prompt_tokens` |
            | `cache_read_input_tokens` | `prompt_tokens_details.cached_tokens` |
            | `cache_creation_input_tokens` | `prompt_tokens_details.cache_write_tokens` |
            | `output_tokens` | `completion_tokens` |
            | `output_tokens_details.thinking_tokens` | `completion_tokens_details.reasoning_tokens` |
            """;

    private final StringBuilder out = new StringBuilder();

    private TranslationPage() {}

    static String text() throws IOException {
        TranslationPage page = new TranslationPage();
        page.out.append(Files.readString(WORDS));
        page.fields(
                "Requests: Chat Completions to Messages",
                WireFormat.ChatCompletions,
                WireFormat.Messages);
        page.fields(
                "Requests: Messages to Chat Completions",
                WireFormat.Messages,
                WireFormat.ChatCompletions);
        page.fields("Requests: Responses to Messages", WireFormat.Responses, WireFormat.Messages);
        page.fields(
                "Requests: Responses to Chat Completions",
                WireFormat.Responses,
                WireFormat.ChatCompletions);
        page.fields("Requests: Messages to Responses", WireFormat.Messages, WireFormat.Responses);
        page.fields(
                "Requests: Chat Completions to Responses",
                WireFormat.ChatCompletions,
                WireFormat.Responses);
        page.out.append("\n## Replies\n");
        page.messagesStops();
        page.chatStops();
        page.out.append(USAGE);
        page.messagesErrors();
        page.chatErrors();
        return page.out.toString();
    }

    private void head(String title, String... columns) {
        out.append('\n').append(title).append("\n\n");
        row(columns);
        out.append("|---".repeat(columns.length)).append("|\n");
    }

    private void row(String... cells) {
        for (String cell : cells) {
            out.append("| ").append(cell).append(' ');
        }
        out.append("|\n");
    }

    private void fields(String title, WireFormat from, WireFormat to) {
        head("## " + title, "Field", "What happens", "How");
        for (FieldRow row : FieldRow.all()) {
            if (row.from() == from && row.to() == to) {
                row(row.field(), row.action().name(), row.text());
            }
        }
    }

    private void messagesStops() {
        head("### Messages upstream: why a reply ended", "`stop_reason`", "`finish_reason`");
        List<String> reasons =
                List.of(
                        "end_turn",
                        "stop_sequence",
                        "tool_use",
                        "max_tokens",
                        "model_context_window_exceeded",
                        "refusal",
                        "pause_turn",
                        "compaction");
        for (String reason : reasons) {
            row(reason, messagesStop(reason));
        }
    }

    static String messagesStop(String reason) {
        String document =
                "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':[{'type':'text','text':'a'}],"
                        + "'stop_reason':'"
                        + reason
                        + "','usage':{'input_tokens':1,'output_tokens':1}}";
        JsonNode reply = reply(WireFormat.ChatCompletions, WireFormat.Messages, document);
        return reply.at("/choices/0/finish_reason").asText();
    }

    private void chatStops() {
        head("### Chat upstream: why a reply ended", "`finish_reason`", "`stop_reason`");
        row("stop", chatStop("stop", ""));
        row("stop, with tool calls", chatStop("stop", call("{}")));
        row("stop, arguments cut off", chatStop("stop", call("{")));
        row("tool_calls, function_call", chatStop("tool_calls", call("{}")));
        row("tool_calls, without any", chatStop("tool_calls", ""));
        row("length", chatStop("length", ""));
        row("content_filter", chatStop("content_filter", ""));
        row("anything else", chatStop("insufficient_system_resource", ""));
    }

    private static String call(String arguments) {
        return ",'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'"
                + arguments
                + "'}}]";
    }

    /// @param members of the message
    static String chatStop(String reason, String members) {
        String document =
                "{'id':'chatcmpl-1','object':'chat.completion','created':1,'model':'m','choices':[{'index':0,"
                        + "'message':{'role':'assistant','content':'a'"
                        + members
                        + "},'finish_reason':'"
                        + reason
                        + "'}]}";
        JsonNode reply = reply(WireFormat.Messages, WireFormat.ChatCompletions, document);
        return reply.path("type").asText().equals("error")
                ? "error " + reply.at("/error/type").asText()
                : reply.path("stop_reason").asText();
    }

    private static JsonNode reply(WireFormat client, WireFormat upstream, String document) {
        byte[] bytes = document.replace('\'', '"').getBytes(UTF_8);
        return FieldRow.tree(Crossing.plain(client, upstream).reply(bytes, false, false));
    }

    private void messagesErrors() {
        head(
                "### Messages upstream: errors of a request",
                "Upstream",
                "Status",
                "`type`",
                "`code`");
        error(400, "invalid_request_error", "");
        error(400, "invalid_request_error", "prompt is too long: 9 tokens > 8 maximum");
        error(402, "billing_error", "");
        error(404, "not_found_error", "model: m");
        error(404, "not_found_error", "");
        error(409, "conflict_error", "");
        error(413, "request_too_large", "");
        error(429, "rate_limit_error", "");
        error(500, "api_error", "");
        error(504, "timeout_error", "");
        error(529, "overloaded_error", "");
    }

    private void error(int status, String type, String message) {
        String shown = status + " " + type + (message.isEmpty() ? "" : ", \"" + message + "\"");
        row(cells(shown, WireFormat.ChatCompletions, read(true, status, type, "", message)));
    }

    private void chatErrors() {
        head("### Chat upstream: errors of a request", "Upstream", "Status", "`type`", "`code`");
        openAiError(400, "invalid_request_error", "");
        openAiError(400, "invalid_request_error", "context_length_exceeded");
        openAiError(404, "invalid_request_error", "model_not_found");
        openAiError(408, "", "");
        openAiError(409, "", "");
        openAiError(413, "", "");
        openAiError(422, "", "");
        openAiError(429, "rate_limit_error", "rate_limit_exceeded");
        openAiError(429, "insufficient_quota", "insufficient_quota");
        openAiError(500, "server_error", "");
        openAiError(502, "", "");
        openAiError(503, "", "");
        openAiError(504, "", "");
    }

    private void openAiError(int status, String type, String code) {
        String shown = (status + " " + (code.isEmpty() ? type : code)).strip();
        row(cells(shown, WireFormat.Messages, read(false, status, type, code, "")));
    }

    static GatewayError read(boolean anthropic, int status, String type, String code, String text) {
        String body =
                "{'error':{'type':'" + type + "','code':'" + code + "','message':'" + text + "'}}";
        return ForeignError.read(anthropic, status, Slice.of(body.replace('\'', '"')));
    }

    private static String[] cells(String shown, WireFormat client, GatewayError error) {
        JsonNode told = FieldRow.tree(ErrorEnvelope.body(error, client, "req_1")).path("error");
        return new String[] {
            shown,
            String.valueOf(ErrorEnvelope.status(error.code(), client)),
            told.path("type").asText(),
            told.path("code").isNull() ? "" : told.path("code").asText()
        };
    }
}

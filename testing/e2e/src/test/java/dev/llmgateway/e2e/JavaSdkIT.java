package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.llmgateway.fixtures.process.GatewayProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official SDKs for Java before a scripted vendor, each in its own format and translated from
/// the other one.
class JavaSdkIT {
    private static final String CHAT = "gpt-4.1-";
    private static final String MESSAGES = "claude-opus-4-8-";
    private static final String RESPONSES = "o4-mini-";
    private static final String TEXT = "Hello 世界 🙂 \"and\" good\nbye.";

    @TempDir private static Path folder;
    private static ScriptedVendor vendor;
    private static GatewayProcess gateway;
    private static OpenAIClient openai;
    private static AnthropicClient anthropic;

    @BeforeAll
    static void start() {
        vendor = new ScriptedVendor();
        vendor.manifests(folder);
        gateway = GatewayProcess.ready(folder);
        openai =
                OpenAIOkHttpClient.builder()
                        .baseUrl(gateway.data() + "/v1")
                        .apiKey(Manifests.KEY)
                        .maxRetries(0)
                        .build();
        anthropic =
                AnthropicOkHttpClient.builder()
                        .baseUrl(gateway.data().toString())
                        .apiKey(Manifests.KEY)
                        .maxRetries(0)
                        .build();
    }

    @AfterAll
    static void stop() {
        openai.close();
        anthropic.close();
        gateway.close();
        vendor.close();
    }

    private static ChatCompletionCreateParams.Builder chat(String model) {
        ChatCompletionCreateParams.Builder params =
                ChatCompletionCreateParams.builder().model(model).addUserMessage("Go");
        for (String tool : List.of("get_weather", "now", "add")) {
            params.addFunctionTool(
                    FunctionDefinition.builder()
                            .name(tool)
                            .parameters(
                                    FunctionParameters.builder()
                                            .putAdditionalProperty(
                                                    "type",
                                                    com.openai.core.JsonValue.from("object"))
                                            .build())
                            .build());
        }
        return params;
    }

    private static MessageCreateParams.Builder messages(String model) {
        MessageCreateParams.Builder params =
                MessageCreateParams.builder().model(model).maxTokens(500).addUserMessage("Go");
        for (String tool : List.of("get_weather", "now", "add")) {
            params.addTool(
                    com.anthropic.models.messages.Tool.builder()
                            .name(tool)
                            .inputSchema(
                                    com.anthropic.models.messages.Tool.InputSchema.builder()
                                            .build())
                            .build());
        }
        return params;
    }

    private static ChatCompletion whole(ChatCompletionCreateParams params) {
        return openai.chat().completions().create(params);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (var stream = openai.chat().completions().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    private static Message whole(MessageCreateParams params) {
        return anthropic.messages().create(params);
    }

    private static Message streamed(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (var stream = anthropic.messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static List<ChatCompletionMessageFunctionToolCall> calls(
            ChatCompletionMessage message) {
        return message.toolCalls().orElse(List.of()).stream()
                .map(each -> each.asFunction())
                .toList();
    }

    private static List<ToolUseBlock> calls(Message message) {
        return message.content().stream().flatMap(each -> each.toolUse().stream()).toList();
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : message.content()) {
            block.text().ifPresent(each -> text.append(each.text()));
        }
        return text.toString();
    }

    /// Answers every call until none is left: the texts and calls of all turns.
    private static List<String> openaiLoop(
            String model, Function<ChatCompletionCreateParams, ChatCompletion> way) {
        ChatCompletionCreateParams.Builder params = chat(model);
        List<String> told = new ArrayList<>();
        while (true) {
            ChatCompletionMessage message =
                    way.apply(params.build()).choices().getFirst().message();
            told.add(message.content().orElse(""));
            params.addMessage(message);
            for (ChatCompletionMessageFunctionToolCall call : calls(message)) {
                String arguments = call.function().arguments();
                String input = Api.json(arguments.isEmpty() ? "{}" : arguments).toString();
                told.add(call.id() + " " + call.function().name() + " " + input);
                params.addMessage(
                        ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("result of " + call.function().name())
                                .build());
            }
            if (calls(message).isEmpty()) {
                return told;
            }
        }
    }

    private static List<String> anthropicLoop(
            String model, Function<MessageCreateParams, Message> way) {
        MessageCreateParams.Builder params = messages(model);
        List<String> told = new ArrayList<>();
        while (true) {
            Message message = way.apply(params.build());
            told.add(text(message));
            params.addMessage(message);
            List<ContentBlockParam> results = new ArrayList<>();
            for (ToolUseBlock call : calls(message)) {
                told.add(call.id() + " " + call.name() + " " + call._input());
                results.add(
                        ContentBlockParam.ofToolResult(
                                ToolResultBlockParam.builder()
                                        .toolUseId(call.id())
                                        .content("result of " + call.name())
                                        .build()));
            }
            if (results.isEmpty()) {
                return told;
            }
            params.addUserMessageOfContentBlockParams(results);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES, RESPONSES})
    void openai_reads_a_text_whole_and_streamed(String upstream) {
        ChatCompletionCreateParams params = chat(upstream + "text").build();

        assertThat(whole(params).choices().getFirst().message().content()).hasValue(TEXT);
        assertThat(streamed(params).choices().getFirst().message().content()).hasValue(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES, RESPONSES})
    void anthropic_reads_a_text_whole_and_streamed(String upstream) {
        MessageCreateParams params = messages(upstream + "text").build();

        assertThat(text(whole(params))).isEqualTo(TEXT);
        assertThat(text(streamed(params))).isEqualTo(TEXT);
    }

    @Test
    void a_loop_of_tools_ends_for_openai_as_natively() {
        List<String> told = openaiLoop(CHAT + "loop", JavaSdkIT::whole);

        assertThat(told).hasSize(8);
        assertThat(told.getLast()).startsWith("Results: result of get_weather;");
        for (String upstream : List.of(MESSAGES, RESPONSES)) {
            assertThat(openaiLoop(upstream + "loop", JavaSdkIT::whole)).isEqualTo(told);
            assertThat(openaiLoop(upstream + "loop", JavaSdkIT::streamed)).isEqualTo(told);
        }
    }

    @Test
    void a_loop_of_tools_ends_for_anthropic_as_natively() {
        List<String> told = anthropicLoop(MESSAGES + "loop", JavaSdkIT::whole);

        assertThat(told).hasSize(8);
        assertThat(told.getLast()).startsWith("Results: result of get_weather;");
        for (String upstream : List.of(CHAT, RESPONSES)) {
            assertThat(anthropicLoop(upstream + "loop", JavaSdkIT::whole)).isEqualTo(told);
            assertThat(anthropicLoop(upstream + "loop", JavaSdkIT::streamed)).isEqualTo(told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuttext", "cuttool", "eof", "event"})
    void a_broken_stream_is_an_exception(String fault) {
        assertThatThrownBy(() -> streamed(chat("broken-claude-" + fault).build()))
                .isInstanceOf(OpenAIException.class);
        assertThatThrownBy(() -> streamed(chat("broken-o4-" + fault).build()))
                .isInstanceOf(OpenAIException.class);
        assertThatThrownBy(() -> streamed(messages("broken-o4-" + fault).build()))
                .isInstanceOf(AnthropicException.class);
        assertThatThrownBy(() -> streamed(messages("broken-gpt-" + fault).build()))
                .isInstanceOf(AnthropicException.class);
    }
}

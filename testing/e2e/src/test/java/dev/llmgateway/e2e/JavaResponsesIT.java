package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
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

/// The official SDK of OpenAI for Java as a client of Responses before a scripted vendor: natively,
/// and before upstreams of Chat and Messages.
class JavaResponsesIT {
    private static final String NATIVE = "o4-mini-";
    private static final String CHAT = "gpt-4.1-";
    private static final String MESSAGES = "claude-opus-4-8-";
    private static final String TEXT = "Hello 世界 🙂 \"and\" good\nbye.";

    @TempDir private static Path folder;
    private static ScriptedVendor vendor;
    private static GatewayProcess gateway;
    private static OpenAIClient openai;

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
    }

    @AfterAll
    static void stop() {
        openai.close();
        gateway.close();
        vendor.close();
    }

    private static ResponseCreateParams asked(String model, List<ResponseInputItem> items) {
        ResponseCreateParams.Builder params =
                ResponseCreateParams.builder().model(model).store(false).inputOfResponse(items);
        for (String tool : List.of("get_weather", "now", "add")) {
            params.addTool(
                    FunctionTool.builder()
                            .name(tool)
                            .strict(false)
                            .parameters(
                                    FunctionTool.Parameters.builder()
                                            .putAdditionalProperty("type", JsonValue.from("object"))
                                            .build())
                            .build());
        }
        return params.build();
    }

    private static List<ResponseInputItem> go() {
        List<ResponseInputItem> items = new ArrayList<>();
        items.add(
                ResponseInputItem.ofMessage(
                        ResponseInputItem.Message.builder()
                                .role(ResponseInputItem.Message.Role.USER)
                                .addInputTextContent("Go")
                                .build()));
        return items;
    }

    private static Response whole(ResponseCreateParams params) {
        return openai.responses().create(params);
    }

    private static Response streamed(ResponseCreateParams params) {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (var stream = openai.responses().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.response();
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        for (ResponseOutputItem item : response.output()) {
            item.message()
                    .ifPresent(message ->
                            message.content()
                                    .forEach(part -> text.append(part.asOutputText().text())));
        }
        return text.toString();
    }

    /// Answers every call until none is left: the texts and calls of all turns.
    private static List<String> loop(String model, Function<ResponseCreateParams, Response> way) {
        List<ResponseInputItem> items = go();
        List<String> told = new ArrayList<>();
        while (true) {
            Response response = way.apply(asked(model, items));
            told.add(text(response));
            List<ResponseFunctionToolCall> calls =
                    response.output().stream().flatMap(i -> i.functionCall().stream()).toList();
            for (ResponseFunctionToolCall call : calls) {
                told.add(call.callId() + " " + call.name() + " " + Api.json(call.arguments()));
                items.add(ResponseInputItem.ofFunctionCall(call));
                items.add(
                        ResponseInputItem.ofFunctionCallOutput(
                                ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("result of " + call.name())
                                        .build()));
            }
            if (calls.isEmpty()) {
                return told;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, CHAT, MESSAGES})
    void a_text_is_read_whole_and_streamed(String upstream) {
        ResponseCreateParams params = asked(upstream + "text", go());

        assertThat(text(whole(params))).isEqualTo(TEXT);
        assertThat(text(streamed(params))).isEqualTo(TEXT);
    }

    @Test
    void a_loop_of_tools_ends_as_natively() {
        List<String> told = loop(NATIVE + "loop", JavaResponsesIT::whole);

        assertThat(told).hasSize(8);
        assertThat(told.getLast()).startsWith("Results: result of get_weather;");
        for (String upstream : List.of(CHAT, MESSAGES)) {
            assertThat(loop(upstream + "loop", JavaResponsesIT::whole)).isEqualTo(told);
            assertThat(loop(upstream + "loop", JavaResponsesIT::streamed)).isEqualTo(told);
        }
    }
}

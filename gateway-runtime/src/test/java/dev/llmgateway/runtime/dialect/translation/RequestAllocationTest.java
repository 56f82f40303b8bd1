package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Dialects;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guards what the translation of a small request with a tool and its call costs the heap, without
/// a clock.
class RequestAllocationTest {
    private static final int REQUESTS = 4_000;
    private static final Slice CHAT =
            Slice.of(
                    """
                    {"model":"m","max_tokens":1000,"temperature":0.5,"stream":true,"messages":[
                    {"role":"system","content":"You answer in short sentences."},
                    {"role":"user","content":"What is the weather like in Paris?"},
                    {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
                    "function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
                    {"role":"tool","tool_call_id":"call_1","content":"18 degrees, light rain"},
                    {"role":"user","content":[{"type":"text","text":"And tomorrow?"}]}],
                    "tools":[{"type":"function","function":{"name":"weather","description":"Tells it",
                    "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]}
                    """);
    private static final Slice MESSAGES =
            Slice.of(
                    """
                    {"model":"m","max_tokens":1000,"temperature":0.5,"stream":true,
                    "system":"You answer in short sentences.","messages":[
                    {"role":"user","content":"What is the weather like in Paris?"},
                    {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1",
                    "name":"weather","input":{"city":"Paris"}}]},
                    {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1",
                    "content":"18 degrees, light rain"},{"type":"text","text":"And tomorrow?"}]}],
                    "tools":[{"name":"weather","description":"Tells it",
                    "input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}]}
                    """);
    private static final Slice RESPONSES =
            Slice.of(
                    """
                    {"model":"m","max_output_tokens":1000,"temperature":0.5,"stream":true,
                    "instructions":"You answer in short sentences.","input":[
                    {"role":"user","content":"What is the weather like in Paris?"},
                    {"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather",
                    "arguments":"{\\"city\\":\\"Paris\\"}","status":"completed"},
                    {"type":"function_call_output","call_id":"call_1",
                    "output":"18 degrees, light rain"},
                    {"role":"user","content":[{"type":"input_text","text":"And tomorrow?"}]}],
                    "tools":[{"type":"function","name":"weather","description":"Tells it","strict":false,
                    "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]}
                    """);

    private final JsonBytes out = new JsonBytes();

    /// Bytes: half more than measured on a warm machine.
    @ParameterizedTest
    @CsvSource({
        "ChatCompletions, Messages, 21000",
        "Messages, ChatCompletions, 19000",
        "Responses, Messages, 29000",
        "Responses, ChatCompletions, 24000",
        "Messages, Responses, 21500",
        "ChatCompletions, Responses, 21000"
    })
    void a_small_request_allocates_little(WireFormat from, WireFormat to, long most) {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        translate(from, to, REQUESTS);

        long start = threads.getCurrentThreadAllocatedBytes();
        translate(from, to, REQUESTS);
        long bytes = (threads.getCurrentThreadAllocatedBytes() - start) / REQUESTS;

        assertThat(out.slice().toString()).contains("18 degrees");
        assertThat(bytes).isLessThanOrEqualTo(most);
    }

    private void translate(WireFormat from, WireFormat to, int count) {
        for (int i = 0; i < count; i++) {
            translate(from, to);
        }
    }

    private void translate(WireFormat from, WireFormat to) {
        Notes notes = new Notes(false);
        Slice body = body(from);
        ChatRequest asked = Conversation.ordered(Dialects.of(from).read(body, notes), notes);
        Dialects.of(from).memory(body);
        ToolNames names = ToolNames.of(asked);
        out.clear();
        Dialects.of(to).write(names.applied(asked), target(to), notes, out);
        ReplyStages.of(asked, names, to, false, to != WireFormat.Messages).before(_ -> {});
    }

    private static Slice body(WireFormat from) {
        return switch (from) {
            case Messages -> MESSAGES;
            case Responses -> RESPONSES;
            default -> CHAT;
        };
    }

    private static Target target(WireFormat format) {
        CatalogEntry entry =
                new CatalogEntry(
                        "*",
                        "OpenAICompatible",
                        "A",
                        "Full",
                        true,
                        "System",
                        false,
                        true,
                        false,
                        "max_tokens",
                        false,
                        false,
                        false,
                        false,
                        32_000,
                        0,
                        CatalogEntry.Price.UNKNOWN);
        return new Target("m", entry, format == WireFormat.Messages);
    }
}

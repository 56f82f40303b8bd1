package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Dialects;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Catalog;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards what the translation of a request of 1 KB costs the heap, without a clock: every step
/// that an exchange takes but for the copy of the body.
class RequestAllocationTest {
    private static final int ROUNDS = 20_000;

    /// Twice what is measured: 11,800 bytes.
    private static final long MOST_TO_CHAT = 24_000;

    /// Twice what is measured: 18,400 bytes.
    private static final long MOST_TO_MESSAGES = 37_000;

    private final JsonBytes out = new JsonBytes();

    @Test
    void a_messages_request_costs_little_on_its_way_to_a_chat_upstream() {
        assertThat(
                        bytes(
                                WireFormat.Messages,
                                WireFormat.ChatCompletions,
                                "{\"max_tokens\":1024,\"messages\":[{\"role\":\"user\",\"content\":\""
                                        + "words ".repeat(150)
                                        + "\"}],\"model\":\"m\",\"stream\":true,\"temperature\":1}"))
                .isPositive()
                .isLessThanOrEqualTo(MOST_TO_CHAT);
    }

    @Test
    void a_chat_request_costs_little_on_its_way_to_a_messages_upstream() {
        assertThat(
                        bytes(
                                WireFormat.ChatCompletions,
                                WireFormat.Messages,
                                "{\"messages\":[{\"role\":\"user\",\"content\":\""
                                        + "words ".repeat(150)
                                        + "\"}],\"model\":\"m\",\"max_completion_tokens\":1024,\"stream\":true,"
                                        + "\"stream_options\":{\"include_usage\":true},\"temperature\":1}"))
                .isPositive()
                .isLessThanOrEqualTo(MOST_TO_MESSAGES);
    }

    private long bytes(WireFormat from, WireFormat to, String body) {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        CatalogEntry entry = Catalog.lookup(List.of(), Provider.OpenAICompatible, "m");
        Target target = new Target("m", entry, false);
        Slice slice = Slice.of(body);
        round(from, to, slice, target);

        long start = threads.getCurrentThreadAllocatedBytes();
        round(from, to, slice, target);
        return (threads.getCurrentThreadAllocatedBytes() - start) / ROUNDS;
    }

    private void round(WireFormat from, WireFormat to, Slice body, Target target) {
        for (int i = 0; i < ROUNDS; i++) {
            translate(from, to, body, target);
        }
    }

    private void translate(WireFormat from, WireFormat to, Slice body, Target target) {
        Notes notes = new Notes(false);
        ChatRequest asked = Conversation.ordered(Dialects.of(from).read(body, notes), notes);
        ToolNames names = ToolNames.of(asked);
        ChatRequest request = names.applied(asked);
        out.clear();
        Dialects.of(to).write(request, target, notes, out);
        boolean stops = Dialects.of(to).emulatesStop(request, target);
        boolean whole = TokenEstimate.of(asked) > 0;
        whole &= ReplyStages.of(asked, names, to, stops).stops().isEmpty() && notes.all().isEmpty();
        if (!whole) {
            throw new AssertionError("not what an exchange does: " + notes.all());
        }
    }
}

package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ConversationProperties {
    private static final List<Role> ROLES = List.of(Role.User, Role.Assistant, Role.System);

    @Property(tries = 2000)
    void calls_are_followed_by_exactly_their_results(@ForAll long seed) {
        List<Turn> turns = ordered(conversation(seed)).turns();

        for (int i = 0; i < turns.size(); i++) {
            List<String> calls = calls(turns.get(i));
            List<String> results = results(turns.get(i));
            List<String> before = i == 0 ? List.of() : calls(turns.get(i - 1));
            assertThat(results).isEqualTo(before);
            assertThat(calls.isEmpty() || i + 1 < turns.size()).isTrue();
            for (int k = 0; k < results.size(); k++) {
                assertThat(turns.get(i).parts().get(k)).isInstanceOf(Part.ToolResult.class);
            }
            if (i > 0) {
                assertThat(turns.get(i).role()).isNotEqualTo(turns.get(i - 1).role());
            }
        }
    }

    @Property(tries = 2000)
    void no_text_is_lost(@ForAll long seed) {
        ChatRequest request = conversation(seed);

        List<Part> kept = texts(ordered(request));

        assertThat(kept).containsAll(texts(request));
    }

    @Property(tries = 2000)
    void order_brings_order_once(@ForAll long seed) {
        ChatRequest once = ordered(conversation(seed));

        ChatRequest twice = Conversation.ordered(once, new Notes(true));

        assertThat(twice.turns()).isEqualTo(once.turns());
    }

    private static ChatRequest ordered(ChatRequest request) {
        return Conversation.ordered(request, new Notes(false));
    }

    private static List<String> calls(Turn turn) {
        return turn.parts().stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(part -> ((Part.ToolCall) part).id())
                .toList();
    }

    private static List<String> results(Turn turn) {
        return turn.parts().stream()
                .filter(Part.ToolResult.class::isInstance)
                .map(part -> ((Part.ToolResult) part).id())
                .toList();
    }

    private static List<Part> texts(ChatRequest request) {
        return request.turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .filter(Part.Text.class::isInstance)
                .toList();
    }

    private static ChatRequest conversation(long seed) {
        Random random = new Random(seed);
        List<Turn> turns = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Role role = ROLES.get(random.nextInt(ROLES.size()));
            List<Part> parts = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                parts.add(part(role, random, i + "." + k));
            }
            turns.add(new Turn(role, parts));
        }
        return Requests.of(turns.toArray(Turn[]::new));
    }

    private static Part part(Role role, Random random, String label) {
        String id = "c" + random.nextInt(4);
        boolean tool = random.nextInt(3) > 0;
        if (role == Role.Assistant && tool) {
            return Requests.call(id);
        }
        return role == Role.User && tool
                ? Requests.result(id, "result " + label)
                : Requests.text("text " + label);
    }
}

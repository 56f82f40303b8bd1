package dev.llmgateway.runtime.dialect.translation;

import static dev.llmgateway.runtime.dialect.translation.Requests.assistant;
import static dev.llmgateway.runtime.dialect.translation.Requests.call;
import static dev.llmgateway.runtime.dialect.translation.Requests.function;
import static dev.llmgateway.runtime.dialect.translation.Requests.result;
import static dev.llmgateway.runtime.dialect.translation.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ToolNamesTest {
    private static final String LONG =
            "mcp__a_server_with_a_long_name__a_tool_with_a_longer_name_of_all";

    @Test
    void what_is_legal_stays_as_it_is() {
        ChatRequest request =
                Requests.of(
                        List.of(assistant(call("toolu_1", "a-b_C9")), user(result("toolu_1", ""))),
                        List.of(function("a-b_C9", "{}")),
                        new ToolChoice.Auto());

        ToolNames names = ToolNames.of(request);

        assertThat(names.changesNothing()).isTrue();
        assertThat(names.applied(request)).isSameAs(request);
        assertThat(names.original("a-b_C9")).isEqualTo("a-b_C9");
    }

    @Test
    void edge_40_long_names_and_names_with_dots_have_aliases_everywhere() {
        String tool = LONG + "1234";
        ChatRequest request =
                Requests.of(
                        List.of(assistant(call("1", tool), call("2", "fs.read"))),
                        List.of(function(tool, "{}"), function("fs.read", "{}")),
                        new ToolChoice.Named("fs.read"));

        ToolNames names = ToolNames.of(request);
        ChatRequest applied = names.applied(request);

        assertThat(applied.tools().get(0).name())
                .hasSize(64)
                .startsWith(LONG.substring(0, 55) + "_");
        assertThat(applied.tools().get(1).name()).isEqualTo("fs_read");
        assertThat(applied.toolChoice()).isEqualTo(new ToolChoice.Named("fs_read"));
        assertThat(applied.turns().getFirst().parts())
                .containsExactly(call("1", applied.tools().get(0).name()), call("2", "fs_read"));
        assertThat(names.original("fs_read")).isEqualTo("fs.read");
        assertThat(names.original(applied.tools().get(0).name())).isEqualTo(tool);
    }

    @Test
    void edge_40_names_that_share_64_characters_stay_distinct() {
        assertThat(aliases(LONG + "a", LONG + "b")).hasSize(2);
    }

    @Test
    void names_that_would_become_one_stay_distinct_in_any_order() {
        assertThat(aliases("a.b", "a_b", "a b")).hasSize(3).contains("a_b");
        assertThat(aliases("a b", "a.b", "a_b")).isEqualTo(aliases("a.b", "a_b", "a b"));
    }

    @Test
    void ids_that_are_not_legal_are_the_same_on_call_and_result() {
        ChatRequest request =
                Requests.of(assistant(call("functions.f:0")), user(result("functions.f:0", "r")));

        ChatRequest applied = ToolNames.of(request).applied(request);

        String id = ToolAlias.callId("functions.f:0");
        assertThat(id).matches("call_[a-zA-Z0-9_-]{27}");
        assertThat(applied.turns()).containsExactly(assistant(call(id)), user(result(id, "r")));
    }

    @Property(tries = 500)
    void distinct_names_have_distinct_legal_aliases_that_lead_back(@ForAll Set<String> names) {
        List<Tool> tools =
                names.stream()
                        .filter(name -> !name.isEmpty())
                        .map(name -> function(name, "{}"))
                        .toList();

        ChatRequest request = Requests.of(List.of(), tools, new ToolChoice.Unsaid());
        ToolNames all = ToolNames.of(request);

        Set<String> aliases = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            String alias = all.applied(request).tools().get(i).name();
            assertThat(alias).matches("[a-zA-Z0-9_-]{1,64}");
            assertThat(all.original(alias)).isEqualTo(tools.get(i).name());
            assertThat(aliases.add(alias)).isTrue();
        }
    }

    private static Set<String> aliases(String... names) {
        List<Tool> tools = List.of(names).stream().map(name -> function(name, "{}")).toList();
        Set<String> aliases = new HashSet<>();
        ChatRequest request = Requests.of(List.of(), tools, new ToolChoice.Unsaid());
        ToolNames.of(request).applied(request).tools().forEach(tool -> aliases.add(tool.name()));
        return aliases;
    }
}

package dev.llmgateway.runtime.dialect.translation;

import static dev.llmgateway.runtime.dialect.translation.Requests.assistant;
import static dev.llmgateway.runtime.dialect.translation.Requests.call;
import static dev.llmgateway.runtime.dialect.translation.Requests.result;
import static dev.llmgateway.runtime.dialect.translation.Requests.system;
import static dev.llmgateway.runtime.dialect.translation.Requests.text;
import static dev.llmgateway.runtime.dialect.translation.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Notes notes = new Notes(false);

    @Test
    void edge_35_a_users_text_between_call_and_result_moves_behind_it() {
        assertThat(
                        ordered(
                                user(text("q")),
                                assistant(call("a")),
                                user(text("wait")),
                                user(result("a", "r"), text("go"))))
                .containsExactly(
                        user(text("q")),
                        assistant(call("a")),
                        user(result("a", "r"), text("wait"), text("go")));
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void edge_36_results_in_turns_of_their_own_come_into_one_in_the_order_of_calls() {
        assertThat(
                        ordered(
                                assistant(text("t"), call("a"), call("b")),
                                user(text("u")),
                                user(result("b", "2")),
                                user(result("a", "1"))))
                .containsExactly(
                        assistant(text("t"), call("a"), call("b")),
                        user(result("a", "1"), result("b", "2"), text("u")));
    }

    @Test
    void instructions_do_not_stand_between_a_call_and_its_result() {
        assertThat(
                        ordered(
                                assistant(call("a")),
                                system(text("s")),
                                user(result("a", "1"), text("u")),
                                system(text("s2")),
                                user(text("v"))))
                .containsExactly(
                        assistant(call("a")),
                        user(result("a", "1"), text("u")),
                        system(text("s"), text("s2")),
                        user(text("v")));
    }

    @Test
    void a_missing_result_is_made_up_and_named() {
        assertThat(ordered(assistant(call("a")), user(text("u"))))
                .containsExactly(
                        assistant(call("a")),
                        user(
                                new Part.ToolResult(
                                        "a",
                                        List.of(
                                                text(
                                                        "[no result was provided for this tool call]")),
                                        true,
                                        CacheMark.None),
                                text("u")));
        assertThat(notes.all()).containsExactly("messages=a tool call has no result");
    }

    @Test
    void a_strict_translation_refuses_a_missing_result() {
        assertThatThrownBy(() ->
                        Conversation.ordered(Requests.of(assistant(call("a"))), new Notes(true)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_result_that_answers_nothing_becomes_text() {
        assertThat(ordered(user(result("x\"y", "r"))))
                .containsExactly(user(text("[result of unknown tool call x\\\"y] r")));
        assertThat(notes.all())
                .containsExactly("messages=a tool result answers no call: sent as text");
    }

    @Test
    void of_two_results_the_last_counts() {
        assertThat(
                        ordered(
                                assistant(call("a")),
                                user(result("a", "old")),
                                assistant(text("x")),
                                user(result("a", "new"))))
                .containsExactly(
                        assistant(call("a")), user(result("a", "new")), assistant(text("x")));
        assertThat(notes.all())
                .containsExactly("messages=two results for one tool call: the last counts");
    }

    @Test
    void ids_that_start_again_in_every_turn_stay_apart() {
        assertThat(
                        ordered(
                                assistant(call("0")),
                                user(result("0", "first")),
                                assistant(call("0")),
                                user(result("0", "second"))))
                .containsExactly(
                        assistant(call("0")),
                        user(result("0", "first")),
                        assistant(call("0")),
                        user(result("0", "second")));
        assertThat(notes.all()).isEmpty();
    }

    private List<Turn> ordered(Turn... turns) {
        return Conversation.ordered(Requests.of(turns), notes).turns();
    }
}

package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NotesTest {
    private final Notes notes = new Notes(false);

    @Test
    void a_loss_is_named_once_in_the_order_found() {
        notes.lost("seed", "no counterpart");
        notes.lost("messages[0].x", "unknown member");
        notes.lost("seed", "no counterpart");

        assertThat(notes.all())
                .containsExactly("seed=no counterpart", "messages[0].x=unknown member");
    }

    @Test
    void what_a_client_calls_its_members_steers_no_header() {
        notes.lost("a;b=c\r\nSet-Cookie: d\u00e9", "unknown member");
        notes.lost("x".repeat(5_000), "unknown member");

        assertThat(notes.all().getFirst()).isEqualTo("a?b?c??Set-Cookie: d?=unknown member");
        assertThat(notes.all().getLast()).hasSize(200 + "=unknown member".length());
    }

    @Test
    void many_losses_are_named_within_bounds() {
        for (int i = 0; i < 10_000; i++) {
            notes.lost("messages[" + i + "].x", "unknown member");
        }

        assertThat(notes.all()).hasSize(101).last().asString().startsWith("more=");
    }

    @Test
    void strictness_refuses_a_loss() {
        Notes strict = new Notes(true);

        assertThatThrownBy(() -> strict.lost("seed", "no counterpart"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("seed: no counterpart");
    }
}

package dev.llmgateway.operator.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots();
    private final List<String> woken = new ArrayList<>();

    @Test
    void fourAreServedAtOnceAndWhoWaitsLongestIsWokenFirst() {
        Runnable fifth = () -> woken.add("fifth");
        Runnable sixth = () -> woken.add("sixth");
        for (int i = 0; i < 4; i++) {
            assertThat(slots.take(() -> {})).isTrue();
        }
        assertThat(slots.take(fifth)).isFalse();
        assertThat(slots.take(sixth)).isFalse();
        assertThat(slots.take(fifth)).isFalse();

        slots.giveBack();
        assertThat(woken).containsExactly("fifth");
        assertThat(slots.take(fifth)).isTrue();
        slots.giveBack();
        slots.giveBack();

        assertThat(woken).containsExactly("fifth", "sixth");
    }

    @Test
    void whoIsForgottenIsNotWoken() {
        Runnable gone = () -> woken.add("gone");
        for (int i = 0; i < 4; i++) {
            slots.take(() -> {});
        }
        slots.take(gone);

        slots.forget(gone);
        slots.giveBack();

        assertThat(woken).isEmpty();
    }
}

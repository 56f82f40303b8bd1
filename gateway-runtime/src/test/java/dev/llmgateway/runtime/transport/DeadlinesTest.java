package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();
    private final List<String> expired = new ArrayList<>();
    private final List<Throwable> bugs = new ArrayList<>();

    @Test
    void aDeadlineThatThrowsEndsNeitherThisSweepNorTheNext() {
        for (String name : List.of("first", "throws", "last")) {
            add(name).at(5);
        }

        deadlines.sweep(5, bugs::add);

        assertThat(expired).containsExactly("last", "throws", "first");
        assertThat(bugs).extracting(Throwable::getMessage).containsExactly("throws");
        deadlines.sweep(6, bugs::add);
        assertThat(expired).hasSize(3);
    }

    @Test
    void aDeadlineIsNeverEarly() {
        add("some").at(5);

        deadlines.sweep(4, bugs::add);

        assertThat(expired).isEmpty();
    }

    private Deadlines.Deadline add(String name) {
        Deadlines.Deadline deadline =
                new Deadlines.Deadline() {
                    @Override
                    void expired(long now) {
                        expired.add(name);
                        if (name.equals("throws")) {
                            throw new IllegalStateException(name);
                        }
                    }
                };
        deadlines.add(deadline);
        return deadline;
    }
}

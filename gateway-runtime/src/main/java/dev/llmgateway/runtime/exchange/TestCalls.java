package dev.llmgateway.runtime.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls that a person has asked for on the admin port; the loop that probes accounts makes them.
public final class TestCalls {
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();

    /// @param account `namespace/name`
    /// @param model empty: one that the account serves
    /// @param answer called once, on the loop that made the call
    record Order(String account, String model, Consumer<Outcome> answer) {}

    /// How a call ended.
    public sealed interface Outcome {
        /// The upstream answered, or did not: then `status` is 0 and `message` says why.
        ///
        /// @param message class of a failure; never what the upstream wrote, which may quote a
        ///   credential
        record Made(String account, String model, int status, long millis, String message)
                implements Outcome {}

        /// The plan has no such account.
        record Unknown() implements Outcome {}

        /// It cannot be called, and why.
        record Impossible(String why) implements Outcome {}
    }

    public void ask(String account, String model, Consumer<Outcome> answer) {
        orders.add(new Order(account, model, answer));
    }

    @Nullable Order next() {
        return orders.poll();
    }
}

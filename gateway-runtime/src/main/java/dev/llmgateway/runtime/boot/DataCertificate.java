package dev.llmgateway.runtime.boot;

import dev.llmgateway.runtime.transport.ServerTls;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keeps the data port's certificate equal to the plan's while it listens. What cannot be used is
/// told once and the port keeps what it has.
final class DataCertificate {
    private final Function<ServerTls, Future<Void>> update;
    private final Consumer<String> complaints;
    private boolean listening;
    private Optional<ServerTls> served = Optional.empty();
    private Optional<ServerTls> wanted = Optional.empty();

    /// @param update serves new connections with other material
    DataCertificate(Function<ServerTls, Future<Void>> update, Consumer<String> complaints) {
        this.update = update;
        this.complaints = complaints;
    }

    /// The port listens with this; what was offered meanwhile takes effect now.
    synchronized void served(Optional<ServerTls> now) {
        Optional<ServerTls> meanwhile = wanted;
        wanted = now;
        served = now;
        listening = true;
        offer(meanwhile);
    }

    /// What the plan in force asks for.
    synchronized void offer(Optional<ServerTls> next) {
        boolean news = !next.equals(wanted);
        wanted = next;
        Optional<ServerTls> now = served;
        if (!listening || !news || next.equals(now)) {
            return;
        }
        if (now.isEmpty() || next.isEmpty()) {
            complaints.accept(
                    "the data port changes between clear text and TLS only with a restart");
            return;
        }
        served = next;
        update.apply(next.get())
                .onFailure(cause -> {
                    refused(next, now);
                    complaints.accept(
                            "the data port keeps its certificate, the new one cannot be used: "
                                    + cause.getClass().getSimpleName());
                });
    }

    private synchronized void refused(Optional<ServerTls> refused, Optional<ServerTls> before) {
        if (refused.equals(served)) {
            served = before;
        }
    }
}

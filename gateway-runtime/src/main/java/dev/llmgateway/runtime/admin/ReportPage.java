package dev.llmgateway.runtime.admin;

import dev.llmgateway.runtime.exchange.Services;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/// `/report`: answers when there is something the reader has not seen, at the latest after 30 s.
/// Everything here runs on the admin port's loop; the loops that serve requests are only read from.
final class ReportPage {
    /// How long a reader is kept waiting, milliseconds.
    private static final long LONGEST_WAIT = 30_000;

    /// How often health is looked at while somebody waits, milliseconds: credential faults are to
    /// be known within 250.
    private static final long LOOK = 100;

    /// An operator, its standby and some people.
    private static final int MOST_READERS = 64;

    private final Services services;
    private final AdminFacts facts;
    private final BiConsumer<HttpServerRequest, String> answer;
    private final ReportLog log;
    private final List<Reader> readers = new ArrayList<>();

    private record Reader(HttpServerRequest request, long after, long deadlineMillis) {}

    /// @param answer sends a page of JSON
    ReportPage(Services services, AdminFacts facts, BiConsumer<HttpServerRequest, String> answer) {
        this.services = services;
        this.facts = facts;
        this.answer = answer;
        this.log = new ReportLog(services.clock().millis());
    }

    /// @param after the last sequence the reader has seen
    void serve(HttpServerRequest request, long after) {
        observe();
        if (log.sequence() != after || readers.size() == MOST_READERS) {
            answer.accept(request, log.since(after));
            return;
        }
        Reader reader = new Reader(request, after, services.clock().millis() + LONGEST_WAIT);
        request.response().closeHandler(_ -> readers.remove(reader));
        readers.add(reader);
        if (readers.size() == 1) {
            look(Objects.requireNonNull(Vertx.currentContext(), "on the loop").owner());
        }
    }

    private void look(Vertx vertx) {
        vertx.setTimer(
                LOOK,
                _ -> {
                    observe();
                    answerReaders();
                    if (!readers.isEmpty()) {
                        look(vertx);
                    }
                });
    }

    private void answerReaders() {
        long now = services.clock().millis();
        List<Reader> due =
                readers.stream()
                        .filter(reader ->
                                log.sequence() != reader.after() || now >= reader.deadlineMillis())
                        .toList();
        readers.removeAll(due);
        due.forEach(reader -> answer.accept(reader.request(), log.since(reader.after())));
    }

    private void observe() {
        log.observe(ReportFacts.of(services, facts), services.clock().millis());
    }
}

package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Scripts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers each request by the fault it asks for in `x-fault`, and looks at what it was sent.
final class SoakUpstream implements Scripts {
    private final List<String> foreign = new CopyOnWriteArrayList<>();
    private final AtomicInteger late = new AtomicInteger();

    /// Requests whose body was not their own.
    List<String> foreign() {
        return foreign;
    }

    /// Faults that may each have hurt one next request.
    int late() {
        return late.get();
    }

    @Override
    public Script answer(Received request) {
        HttpMessage message = request.message();
        Correlation id = Correlation.of(message).orElseThrow();
        if (!message.body().equals(id.id())) {
            foreign.add("the upstream was sent " + message);
        }
        SoakFault fault = fault(message);
        if (fault.late()) {
            late.incrementAndGet();
        }
        return fault.script().apply(id);
    }

    @Override
    public Optional<Script> onHead(String head) {
        HttpMessage message = new HttpMessage(head, "", "");
        SoakFault fault = fault(message);
        return fault.early()
                ? Optional.of(fault.script().apply(Correlation.of(message).orElseThrow()))
                : Optional.empty();
    }

    private static SoakFault fault(HttpMessage request) {
        return SoakFault.of(Integer.parseInt(request.field("x-fault").orElseThrow()));
    }
}

package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.Usage;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.telemetry.AccessRecord;
import dev.llmgateway.runtime.telemetry.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Facts of one request as they become known, and its settlement: counters, meters and the access
/// record, exactly once.
final class Trail {
    private final Services services;
    private final int loop;
    private final String requestId;
    private final long startedMillis;
    private final long startedNanos = System.nanoTime();

    private boolean settled;
    private boolean accessLog = true;
    private @Nullable Caller caller;
    private Ongoing.@Nullable Member member;
    private @Nullable WireFormat format;
    private @Nullable Candidate candidate;
    private String modelAsked = "";
    private boolean stream;
    private int attempts;
    private int status;
    private long bytesIn;
    private long bytesOut;
    private long calledNanos;
    private long repliedNanos;
    private long firstByteNanos;
    private Usage usage = Usage.NONE;
    private String warnings = "";
    private @Nullable Decision decision;
    private List<DecisionLog.FailedAttempt> failures = List.of();

    Trail(Services services, int loop, String requestId) {
        this.services = services;
        this.loop = loop;
        this.requestId = requestId;
        this.startedMillis = services.clock().millis();
        services.meters().started();
    }

    /// Epoch milliseconds: the wall clock at the request's beginning, and what has passed since.
    long nowMillis() {
        return startedMillis + millisTo(System.nanoTime());
    }

    String requestId() {
        return requestId;
    }

    /// Format of the client's request once detected.
    @Nullable WireFormat format() {
        return format;
    }

    void serving(Snapshot snapshot) {
        accessLog = snapshot.plan().settings().accessLog();
    }

    void admitted(Caller who) {
        caller = who;
    }

    /// Ends with the request.
    void listed(Ongoing.Member ongoing) {
        member = ongoing;
    }

    void received(long bytes) {
        bytesIn = bytes;
    }

    void understood(WireFormat detected, String model, boolean streaming) {
        format = detected;
        modelAsked = model;
        stream = streaming;
    }

    void routed(Decision made) {
        decision = made;
    }

    void calling(Candidate chosen, int attempt) {
        candidate = chosen;
        attempts = attempt;
        calledNanos = System.nanoTime();
        repliedNanos = 0;
    }

    /// The call under way brought no good reply.
    void failed(Evidence evidence) {
        Candidate called = candidate;
        if (called == null) {
            return;
        }
        if (failures.isEmpty()) {
            failures = new ArrayList<>(2);
        }
        long millis = (System.nanoTime() - calledNanos) / 1_000_000;
        failures.add(
                new DecisionLog.FailedAttempt(
                        called.account().ref(), called.model(), evidence, millis));
    }

    /// What the translation for the candidate called could not carry.
    void lost(String named) {
        warnings = named;
    }

    void replied() {
        repliedNanos = System.nanoTime();
    }

    void answering(int httpStatus) {
        status = httpStatus;
    }

    void sent(int bytes) {
        if (firstByteNanos == 0 && bytes > 0) {
            firstByteNanos = System.nanoTime();
        }
        bytesOut += bytes;
    }

    void used(Usage tokens) {
        usage = tokens;
    }

    int attempts() {
        return attempts;
    }

    /// Microseconds from the request's head to the upstream call.
    long gatewayMicros() {
        return (calledNanos - startedNanos) / 1_000;
    }

    /// Ends the request's accounting; later calls change nothing.
    void settle(Outcome outcome) {
        if (settled) {
            return;
        }
        settled = true;
        if (member != null) {
            member.leave();
        }
        long millis = millisTo(System.nanoTime());
        services.meters().settled(outcome, millis, usage);
        boolean failed = outcome != Outcome.Served;
        if (caller != null) {
            services.usage().key(caller.key().uid()).settle(failed, usage);
        }
        if (candidate != null) {
            boolean accountsFault =
                    failed && outcome != Outcome.ClientLeft && outcome != Outcome.Revoked;
            services.usage().account(candidate.account().uid()).settle(accountsFault, usage);
        }
        boolean telling = isTelling(outcome);
        if (accessLog || telling) {
            AccessRecord record = record(outcome, millis);
            if (accessLog) {
                services.accessLog().write(loop, record);
            }
            if (telling) {
                services.decisions().add(new DecisionLog.Entry(record, decision, failures));
            }
        }
    }

    private boolean isTelling(Outcome outcome) {
        return outcome != Outcome.Served
                || attempts > 1
                || !warnings.isEmpty()
                || DecisionLog.samples(requestId);
    }

    private AccessRecord record(Outcome outcome, long millis) {
        KeyPlan key = caller == null ? null : caller.key();
        Candidate called = candidate;
        return new AccessRecord(
                startedMillis,
                requestId,
                key == null ? null : key.ref(),
                key == null ? "" : key.ownerKind(),
                key == null ? "" : key.ownerName(),
                format == null ? "" : format.name(),
                called == null ? "" : called.format().name(),
                modelAsked,
                called == null ? "" : called.model(),
                called == null ? null : called.account().ref(),
                attempts,
                status,
                outcome,
                usage,
                millis,
                firstByteNanos == 0 ? -1 : millisTo(firstByteNanos),
                repliedNanos == 0 ? -1 : (repliedNanos - calledNanos) / 1_000_000,
                bytesIn,
                bytesOut,
                stream,
                warnings,
                failures.isEmpty() ? "" : failures.getLast().evidence().text());
    }

    private long millisTo(long nanos) {
        return (nanos - startedNanos) / 1_000_000;
    }
}

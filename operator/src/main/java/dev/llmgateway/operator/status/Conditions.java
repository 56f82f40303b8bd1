package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Severity;
import dev.llmgateway.crds.resource.Condition;
import dev.llmgateway.crds.resource.Reasons.AcceptedReason;
import dev.llmgateway.crds.resource.Reasons.ReadyReason;
import dev.llmgateway.crds.resource.Reasons.ResolvedRefsReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the three kinds' conditions have in common.
final class Conditions {
    static final String ACCEPTED = "Accepted";
    static final String RESOLVED_REFS = "ResolvedRefs";
    static final String PROGRAMMED = "Programmed";
    static final String READY = "Ready";
    private static final String STALLED = "Stalled";
    private static final String RECONCILING = "Reconciling";

    private Conditions() {}

    /// As conditions: the time of a condition moves only when its status flips.
    ///
    /// @param before of the status that is replaced
    static List<Condition> since(
            List<Condition> before, List<Finding> findings, long generation, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return findings.stream()
                .map(finding ->
                        new Condition(
                                finding.type(),
                                finding.status(),
                                finding.reason(),
                                finding.message(),
                                generation,
                                before(before, finding)
                                        .map(Condition::lastTransitionTime)
                                        .orElse(time)))
                .toList();
    }

    private static Optional<Condition> before(List<Condition> before, Finding finding) {
        return before.stream()
                .filter(condition ->
                        condition.type().equals(finding.type())
                                && condition.status() == finding.status())
                .findFirst();
    }

    /// With what only warns, so that a setting without effect is not ignored in silence.
    static Finding accepted(List<Diagnostic> remarks) {
        return refusal(remarks, ACCEPTED)
                .orElseGet(() ->
                        Finding.good(
                                ACCEPTED,
                                AcceptedReason.Accepted,
                                texts(remarks, Severity.Warning, ACCEPTED)));
    }

    /// Empty: nobody looked, since something else is wrong.
    static Optional<Finding> resolvedRefs(List<Diagnostic> remarks, boolean compiled) {
        Optional<Finding> refusal = refusal(remarks, RESOLVED_REFS);
        return refusal.isPresent() || !compiled
                ? refusal
                : Optional.of(Finding.good(RESOLVED_REFS, ResolvedRefsReason.ResolvedRefs, ""));
    }

    /// The errors that belong to a condition, under the reason of the first.
    static Optional<Finding> refusal(List<Diagnostic> remarks, String type) {
        return remarks.stream()
                .filter(remark -> remark.severity() == Severity.Error)
                .filter(remark -> remark.reason().condition().equals(type))
                .findFirst()
                .map(first ->
                        new Finding(
                                type,
                                Condition.Status.False,
                                first.reason().name(),
                                texts(remarks, Severity.Error, type)));
    }

    static String texts(List<Diagnostic> remarks, Severity severity, String type) {
        return remarks.stream()
                .filter(remark ->
                        remark.severity() == severity && remark.reason().condition().equals(type))
                .map(remark -> remark.path() + ": " + remark.message())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /// With Ready behind them: true when all that count hold; else for the reason of the first that
    /// does not. And with what kstatus reads, which stands there only while it is true: `Stalled`
    /// when somebody must change something, `Reconciling` when waiting is enough.
    ///
    /// @param counting the conditions Ready is made of, in order
    static List<Finding> withReady(List<Finding> all, List<Finding> counting, boolean suspended) {
        Finding ready = ready(counting, suspended);
        List<Finding> findings = new ArrayList<>(all);
        findings.add(ready);
        Optional<Finding> stalling =
                counting.stream()
                        .filter(finding -> finding.fails() && !finding.type().equals(PROGRAMMED))
                        .findFirst();
        if (stalling.isPresent()) {
            findings.add(ready.as(STALLED));
        } else if (!ready.holds() && !suspended) {
            findings.add(ready.as(RECONCILING));
        }
        return findings;
    }

    private static Finding ready(List<Finding> counting, boolean suspended) {
        Optional<Finding> failing = counting.stream().filter(Finding::fails).findFirst();
        if (failing.isPresent()) {
            return new Finding(
                    READY, Condition.Status.False, failing.get().reason(), failing.get().message());
        }
        if (suspended) {
            return Finding.bad(
                    READY,
                    ReadyReason.Suspended,
                    "spec.suspended is true; set it to false to go on");
        }
        return counting.stream()
                .filter(finding -> !finding.holds())
                .findFirst()
                .map(open -> Finding.bad(READY, ReadyReason.Pending, open.message()))
                .orElseGet(() -> Finding.good(READY, ReadyReason.Ready, ""));
    }
}

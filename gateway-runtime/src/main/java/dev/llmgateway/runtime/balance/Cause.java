package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.FailureClass;

/// Why an account or a model on it is out: the failure that decided.
///
/// @param status HTTP status; 0: no reply
/// @param spent money or a quota window is used up
/// @param atMillis epoch milliseconds
/// @param detail for people; empty: nothing beyond class and status
public record Cause(FailureClass failure, int status, boolean spent, long atMillis, String detail) {
    static Cause of(Evidence evidence) {
        return new Cause(
                evidence.failure(),
                evidence.status(),
                evidence.parks(),
                evidence.nowMillis(),
                evidence.detail());
    }

    /// For people, such as `Capacity (429)`.
    public String text() {
        String seen = status == 0 ? failure.name() : failure + " (" + status + ")";
        String said = spent ? seen + ", quota or money used up" : seen;
        return detail.isEmpty() ? said : said + ": " + detail;
    }
}

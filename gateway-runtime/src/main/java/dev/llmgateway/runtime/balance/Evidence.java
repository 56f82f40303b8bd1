package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.FailureClass;

/// What one failed attempt showed.
///
/// @param status HTTP status; 0: no reply
/// @param spent the account's money or quota is used up (a spend-limit body, a rejected window)
/// @param scope 403 is about the model, whatever stands here, unless it tells of a spent account
/// @param nowMillis wall clock, epoch milliseconds
/// @param detail for people; empty: class and status say it all
public record Evidence(
        FailureClass failure,
        int status,
        boolean spent,
        Said said,
        Scope scope,
        long nowMillis,
        String detail) {
    /// A failure that says no more than its class and status.
    public static Evidence of(FailureClass failure, int status, long nowMillis) {
        return new Evidence(
                failure, status, false, new Said.Nothing(), Scope.Account, nowMillis, "");
    }

    /// @param words for people, such as `Tls: the certificate has expired`: no header, no body
    public Evidence detailed(String words) {
        return new Evidence(failure, status, spent, said, scope, nowMillis, words);
    }

    /// For people, such as `Capacity (429)`.
    public String text() {
        return Cause.of(this).text();
    }

    public Evidence saying(Said words) {
        return new Evidence(failure, status, spent, words, scope, nowMillis, detail);
    }

    public Evidence aboutTheModel() {
        return new Evidence(failure, status, spent, said, Scope.Model, nowMillis, detail);
    }

    /// As of a reply that tells of used-up money or quota.
    public Evidence ofASpentAccount() {
        return new Evidence(failure, status, true, said, scope, nowMillis, detail);
    }

    /// Whether the other attempt of the same request failed in the same way, so that the request is
    /// suspected rather than the accounts.
    ///
    /// Never for 429, spent accounts and stated waits: these are each account's own, and undoing
    /// them would send traffic into a limit the upstream named.
    public boolean sameFaultAs(Evidence other) {
        return failure == other.failure && status == other.status && excusable();
    }

    private boolean excusable() {
        return switch (failure) {
            case Request -> false;
            case Upstream, Transport -> true;
            case Credential -> !spent;
            case Capacity -> !spent && status != 429 && said instanceof Said.Nothing;
        };
    }

    boolean ofTheModel() {
        return scope == Scope.Model
                || (failure == FailureClass.Credential && status == 403 && !spent);
    }

    /// Whether it speaks for an ejection: a fault that need not be the account's own.
    boolean countsToEjection() {
        return failure == FailureClass.Upstream || failure == FailureClass.Transport;
    }

    /// Whether the account is out of money or quota rather than busy.
    boolean parks() {
        return spent || said instanceof Said.WindowRejected;
    }

    boolean namesATime() {
        return parks() || !(said instanceof Said.Nothing);
    }
}

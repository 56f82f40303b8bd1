package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.util.List;
import java.util.Optional;

/// An account as one process sees it.
///
/// @param account `namespace/name`
/// @param state `Active`, `CoolingDown` or `CredentialInvalid`
/// @param untilMillis epoch milliseconds of the next try; 0: none is awaited
/// @param refused fingerprint of the credential the upstream refuses; empty: none
/// @param models those that are out or coming back on an account that serves others
public record AccountReport(
        String uid,
        String account,
        State state,
        long untilMillis,
        Optional<Failure> failure,
        String refused,
        List<ModelReport> models) {
    public AccountReport {
        models = List.copyOf(models);
    }

    /// The failure that decided.
    ///
    /// @param failureClass as in the status: `Request`, `Upstream`, `Capacity`, `Credential` or
    ///   `Transport`
    /// @param status HTTP status; 0: no reply
    /// @param spent money or a quota window is used up
    public record Failure(String failureClass, int status, boolean spent, long atMillis) {}

    /// One model that is not simply served.
    public record ModelReport(String model, State state, long untilMillis) {}
}

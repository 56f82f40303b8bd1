package dev.llmgateway.crds.resource;

/// The words a condition's `reason` may take, one enum per condition type. Where kinds differ, the
/// enum holds the words of all of them.
public sealed interface Reasons {
    /// Of `Accepted`. `TTLExceedsPolicy` is for keys only.
    enum AcceptedReason implements Reasons {
        Accepted,
        NotPermitted,
        GatewayNotFound,
        Conflict,
        UnsupportedValue,
        TTLExceedsPolicy,
        ConfigTooLarge
    }

    /// Of `ResolvedRefs`, for accounts and gateways.
    enum ResolvedRefsReason implements Reasons {
        ResolvedRefs,
        SecretNotFound,
        SecretKeyMissing,
        SecretNotLabelled,
        InvalidCredential
    }

    /// Of `CredentialValid`, for accounts.
    enum CredentialValidReason implements Reasons {
        Verified,
        Unverified,
        Rejected,
        Expired,
        AwaitingAuthorization,
        RefreshFailed,
        InvalidGrant,
        RefreshLost
    }

    /// Of `Programmed`, for all kinds.
    enum ProgrammedReason implements Reasons {
        Programmed,
        Pending,
        PartiallyProgrammed
    }

    /// Of `Healthy`, for accounts.
    enum HealthyReason implements Reasons {
        Serving,
        CoolingDown,
        CredentialRejected,
        NoTraffic
    }

    /// Of `SecretReady`, for keys.
    enum SecretReadyReason implements Reasons {
        Generated,
        HashMode,
        Conflict,
        Pending
    }

    /// Of `Expired`, for keys.
    enum ExpiredReason implements Reasons {
        NotExpired,
        Expired
    }

    /// Of `BudgetExhausted`, for keys.
    enum BudgetExhaustedReason implements Reasons {
        WithinBudget,
        Exhausted
    }

    /// Of `Degraded`, for gateways.
    enum DegradedReason implements Reasons {
        NotDegraded,
        NoUsableAccount,
        PodsBehind,
        ObjectsLeftOut
    }

    /// Of `Ready`, for all kinds; else the reason of the first failing condition.
    enum ReadyReason implements Reasons {
        Ready,
        Pending,
        Suspended
    }
}

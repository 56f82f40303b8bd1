package dev.llmgateway.operator.status;

import dev.llmgateway.crds.resource.Condition;
import dev.llmgateway.crds.resource.Reasons;

/// A condition before anybody knows since when it holds.
///
/// @param reason a word of [Reasons]
record Finding(String type, Condition.Status status, String reason, String message) {
    private static final int LONGEST_MESSAGE = 4000;

    Finding {
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE) + "…";
        }
    }

    static Finding good(String type, Enum<? extends Reasons> reason, String message) {
        return new Finding(type, Condition.Status.True, reason.name(), message);
    }

    static Finding bad(String type, Enum<? extends Reasons> reason, String message) {
        return new Finding(type, Condition.Status.False, reason.name(), message);
    }

    static Finding unknown(String type, Enum<? extends Reasons> reason, String message) {
        return new Finding(type, Condition.Status.Unknown, reason.name(), message);
    }

    /// The same reason and message, as a condition of this type that is true.
    Finding as(String other) {
        return new Finding(other, Condition.Status.True, reason, message);
    }

    boolean holds() {
        return status == Condition.Status.True;
    }

    boolean fails() {
        return status == Condition.Status.False;
    }
}

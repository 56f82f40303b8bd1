package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import java.util.HashMap;
import java.util.Map;

/// The secret values of one plan. Immutable; prints nothing of them.
public final class Credentials {
    private static final Credential NONE = new Credential.None();
    private static final Credential CALLERS = new Credential.Callers();

    private final Map<CredentialRef, Credential> values;

    private Credentials(Map<CredentialRef, Credential> values) {
        this.values = values;
    }

    /// Values that hold anything but printable ASCII are left out: they could not be sent as a
    /// header.
    public static Credentials of(Map<CredentialRef, String> values) {
        Map<CredentialRef, Credential> usable = new HashMap<>();
        values.forEach((ref, text) -> {
            if (printable(text)) {
                usable.put(ref, new Credential.Value(text));
            }
        });
        return new Credentials(Map.copyOf(usable));
    }

    /// @throws IllegalStateException when the plan names a value that is not there
    public Credential of(CredentialPlan plan) {
        return switch (plan) {
            case CredentialPlan.ApiKey(CredentialRef ref, _) -> value(ref);
            case CredentialPlan.OAuth(CredentialRef accessToken, _) -> value(accessToken);
            case CredentialPlan.Passthrough _ -> CALLERS;
            case CredentialPlan.Anonymous _ -> NONE;
        };
    }

    private Credential value(CredentialRef ref) {
        Credential value = values.get(ref);
        if (value == null) {
            throw new IllegalStateException("no usable credential " + ref);
        }
        return value;
    }

    private static boolean printable(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    @Override
    public String toString() {
        return "Credentials[" + values.size() + "]";
    }
}

package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What parts are made of.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PartEntry.Gateway.class, name = "Gateway"),
    @JsonSubTypes.Type(value = PartEntry.Account.class, name = "Account"),
    @JsonSubTypes.Type(value = PartEntry.Key.class, name = "Key"),
    @JsonSubTypes.Type(value = PartEntry.Credential.class, name = "Credential")
})
public sealed interface PartEntry {
    record Gateway(GatewayFrame plan) implements PartEntry {}

    record Account(AccountPlan plan) implements PartEntry {}

    record Key(KeyPlan plan) implements PartEntry {}

    /// A secret value by the name the plan gives it.
    record Credential(CredentialRef ref, String value) implements PartEntry {
        @Override
        public String toString() {
            return "Credential[" + ref + "]";
        }
    }

    /// The only kind of part that may hold it.
    default PartKind kind() {
        return switch (this) {
            case Gateway _, Account _ -> PartKind.Accounts;
            case Key _ -> PartKind.Keys;
            case Credential _ -> PartKind.Credentials;
        };
    }

    /// What decides its slot. All values of one Secret share a slot, so that a refreshed token
    /// touches one part.
    default int slot() {
        return switch (this) {
            case Gateway _ -> 0;
            case Account(var plan) -> PartKind.Accounts.slotOf(plan.ref().toString());
            case Key(var plan) -> PartKind.Keys.slotOf(plan.ref().toString());
            case Credential(var ref, _) ->
                    PartKind.Credentials.slotOf(ref.namespace() + "/" + ref.secret());
        };
    }

    /// Unique among the entries of its kind; entries of a part are sorted by it.
    default String id() {
        return switch (this) {
            case Gateway _ -> "";
            case Account(var plan) -> plan.ref().toString();
            case Key(var plan) -> plan.ref().toString();
            case Credential(var ref, _) -> ref.toString();
        };
    }
}

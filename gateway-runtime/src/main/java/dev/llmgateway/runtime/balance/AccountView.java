package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Headroom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `explain`, `/accounts` and the operator are told of an account, as of one moment.
///
/// @param state `Active`, `CoolingDown` or `CredentialInvalid` (UpstreamAccount status)
/// @param phase name of the health state behind the word, such as `Ramp`
/// @param untilMillis epoch milliseconds of the next try; 0: none is awaited
/// @param scope `Account`, or `Model` when only single models are out
/// @param latencyMillis moving average of the time to the first answer; 0: not measured
/// @param models those that are out or coming back
/// @param changes the last changes of health, oldest first
public record AccountView(
        String state,
        String phase,
        long untilMillis,
        Scope scope,
        Optional<Cause> lastFailure,
        int inFlight,
        Headroom headroom,
        long latencyMillis,
        List<ModelView> models,
        List<HealthChange> changes) {
    public AccountView {
        models = List.copyOf(models);
        changes = List.copyOf(changes);
    }

    /// One model on the account that is not simply served.
    public record ModelView(String model, String state, String phase, long untilMillis) {}

    static AccountView of(AccountState account) {
        Standing standing = account.standing();
        Health health = standing.account();
        List<ModelView> models = models(standing.models());
        boolean onlyModels = health.usable() && !models.isEmpty();
        double latency = account.latency().average();
        return new AccountView(
                word(health),
                health.getClass().getSimpleName(),
                until(health),
                onlyModels ? Scope.Model : Scope.Account,
                Optional.ofNullable(account.lastFailure()),
                account.inFlight(),
                account.headroom(),
                Double.isNaN(latency) ? 0 : Math.round(latency),
                models,
                account.changes());
    }

    private static List<ModelView> models(Map<String, Health> models) {
        return models.entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof Health.Serving))
                .map(entry -> model(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ModelView model(String name, Health health) {
        return new ModelView(name, word(health), health.getClass().getSimpleName(), until(health));
    }

    private static String word(Health health) {
        return switch (health) {
            case Health.Serving _ -> "Active";
            case Health.Parked(_, Health.Parking reason, _)
                    when reason == Health.Parking.Credential ->
                    "CredentialInvalid";
            case Health.Parked _, Health.CoolingDown _, Health.Ejected _ -> "CoolingDown";
            case Health.Probing(Health.Out from, _) -> word(from);
            case Health.Ramp _ -> "CoolingDown";
        };
    }

    private static long until(Health health) {
        return switch (health) {
            case Health.Serving _, Health.Ramp _ -> 0;
            case Health.Probing(Health.Out from, _) -> from.untilMillis();
            case Health.CoolingDown(_, long until, _) -> until;
            case Health.Ejected(_, long until, _, _, _) -> until;
            case Health.Parked(_, _, long until) -> until;
        };
    }
}

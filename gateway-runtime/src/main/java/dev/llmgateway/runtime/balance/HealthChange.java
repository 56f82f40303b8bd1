package dev.llmgateway.runtime.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// An account, or a model on it, went from one health state to another.
///
/// @param atMillis epoch milliseconds
/// @param model empty: the account as a whole
/// @param from name of the state before, such as `Serving`
/// @param untilMillis epoch milliseconds of the next try; 0: none is awaited
/// @param why the failure that decided, for people; empty: none did
public record HealthChange(
        long atMillis, String model, String from, String to, long untilMillis, String why) {
    /// What differs between two standings of an account, by the states' names.
    static List<HealthChange> between(Standing before, Standing after, long nowMillis) {
        List<HealthChange> changes = new ArrayList<>(1);
        add(changes, "", before.account(), after.account(), nowMillis);
        TreeSet<String> models = new TreeSet<>(before.models().keySet());
        models.addAll(after.models().keySet());
        for (String model : models) {
            add(changes, model, before.model(model), after.model(model), nowMillis);
        }
        return changes;
    }

    private static void add(
            List<HealthChange> changes, String model, Health before, Health after, long now) {
        if (before.getClass() == after.getClass()) {
            return;
        }
        String why =
                switch (after) {
                    case Health.CoolingDown down -> down.cause().text();
                    case Health.Ejected ejected -> ejected.cause().text();
                    case Health.Parked parked -> parked.cause().text();
                    case Health.Serving _, Health.Probing _, Health.Ramp _ -> "";
                };
        changes.add(new HealthChange(now, model, name(before), name(after), until(after), why));
    }

    private static String name(Health health) {
        return health.getClass().getSimpleName();
    }

    private static long until(Health health) {
        return health instanceof Health.Out out ? out.untilMillis() : 0;
    }
}

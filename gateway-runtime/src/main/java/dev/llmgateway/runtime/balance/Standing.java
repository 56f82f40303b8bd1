package dev.llmgateway.runtime.balance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Health of an account as a whole and of single models on it. Immutable; swapped as one value.
///
/// @param models only those that are not simply serving
record Standing(Health account, Map<String, Health> models) {
    static final Standing SERVING = new Standing(Health.Serving.CALM, Map.of());

    /// Model names may come from clients, so only so many are remembered; the oldest goes.
    static final int MOST_MODELS = 64;

    /// An account out by Upstream or Transport is asked this often when nobody else is there.
    static final long LAST_RESORT_MILLIS = 2_000;

    Health model(String name) {
        return models.isEmpty()
                ? Health.Serving.CALM
                : models.getOrDefault(name, Health.Serving.CALM);
    }

    boolean usable(String model) {
        return account.usable() && model(model).usable();
    }

    /// @param roll 0..1, the luck of this request against the share of a ramp
    /// @param probing whether the request may be a probe
    boolean admits(String model, long now, double roll, boolean probing) {
        return admits(account, now, roll, probing)
                && (models.isEmpty() || admits(model(model), now, roll, probing));
    }

    private static boolean admits(Health health, long now, double roll, boolean probing) {
        return switch (health) {
            case Health.Serving _ -> true;
            case Health.Ramp ramp -> roll < ramp.share();
            case Health.Probing _ -> false;
            case Health.Out out -> probing && out.due(now);
        };
    }

    /// With what is out turned into a probe; this very object when nothing was.
    ///
    /// @param number of the probe
    Standing entered(String model, long number) {
        Health account = entered(this.account, number);
        Health before = model(model);
        Health after = entered(before, number);
        if (account.equals(this.account) && after.equals(before)) {
            return this;
        }
        return new Standing(account, models).with(model, after);
    }

    private static Health entered(Health health, long number) {
        return health instanceof Health.Out out ? out.probed(number) : health;
    }

    /// As a probe before its time, or null when that is not allowed now.
    @Nullable Standing enteredAsLastResort(String model, long now, long number) {
        return account instanceof Health.Ejected ejected
                        && now - ejected.triedMillis() >= LAST_RESORT_MILLIS
                        && model(model).usable()
                ? new Standing(ejected.tried(now, number), models)
                : null;
    }

    Standing succeeded(Visit visit, boolean alone) {
        if (equals(SERVING)) {
            return this;
        }
        return new Standing(succeeded(account, visit, alone), models)
                .with(visit.model(), succeeded(model(visit.model()), visit, alone));
    }

    private static Health succeeded(Health health, Visit visit, boolean alone) {
        return switch (health) {
            case Health.Serving serving -> serving.succeeded();
            case Health.Probing probing ->
                    visit.probes(probing) ? probing.succeeded(alone) : probing;
            case Health.Ramp ramp -> visit.speaksFor(ramp) ? ramp.succeeded() : ramp;
            case Health.Out out -> out;
        };
    }

    /// @param spared may not be ejected now: nobody else could serve the request
    Standing failed(Visit visit, Evidence evidence, Penalties penalties, boolean spared) {
        Health model = model(visit.model());
        if (evidence.ofTheModel()) {
            return new Standing(abandoned(account, visit), models)
                    .with(visit.model(), failed(model, visit, evidence, penalties, spared));
        }
        return new Standing(failed(account, visit, evidence, penalties, spared), models)
                .with(visit.model(), abandoned(model, visit));
    }

    private static Health failed(
            Health health, Visit visit, Evidence evidence, Penalties penalties, boolean spared) {
        return switch (health) {
            case Health.Serving serving -> serving.failed(evidence, penalties, spared);
            case Health.Probing probing ->
                    visit.probes(probing)
                            ? probing.failed(evidence, penalties)
                            : probing.failedMeanwhile(evidence, penalties);
            case Health.Ramp ramp ->
                    visit.speaksAgainst(ramp) ? ramp.failed(evidence, penalties, spared) : ramp;
            case Health.Out out -> out.failedMeanwhile(evidence, penalties);
        };
    }

    /// The request ended without telling anything.
    Standing abandoned(Visit visit) {
        return new Standing(abandoned(account, visit), models)
                .with(visit.model(), abandoned(model(visit.model()), visit));
    }

    private static Health abandoned(Health health, Visit visit) {
        return health instanceof Health.Probing probing && visit.probes(probing)
                ? probing.abandoned()
                : health;
    }

    /// Without the penalty that one visit led to.
    ///
    /// @param before what that visit met
    /// @param after what its failure made of it
    Standing forgiven(Visit visit, Standing before, Standing after, Penalties penalties) {
        return new Standing(forgiven(account, before.account, after.account, penalties), models)
                .with(
                        visit.model(),
                        forgiven(
                                model(visit.model()),
                                before.model(visit.model()),
                                after.model(visit.model()),
                                penalties));
    }

    private static Health forgiven(Health now, Health before, Health after, Penalties penalties) {
        if (before.equals(after)) {
            return now;
        }
        if (now.equals(after)) {
            return before instanceof Health.Probing probing ? probing.abandoned() : before;
        }
        return switch (now) {
            case Health.Serving serving -> serving.forgiven();
            case Health.Ejected ejected -> ejected.forgiven(penalties.plan());
            case Health.CoolingDown _, Health.Parked _, Health.Probing _, Health.Ramp _ -> now;
        };
    }

    /// Another credential: what was parked for one of these reasons begins anew.
    Standing unparked(Set<Health.Parking> reasons) {
        Standing result = new Standing(unparked(account, reasons), models);
        for (Map.Entry<String, Health> entry : models.entrySet()) {
            result = result.with(entry.getKey(), unparked(entry.getValue(), reasons));
        }
        return result;
    }

    private static Health unparked(Health health, Set<Health.Parking> reasons) {
        return switch (health) {
            case Health.Parked(_, var reason, _) when reasons.contains(reason) ->
                    Health.Serving.CALM;
            case Health.Probing(Health.Parked(_, var reason, _), _) when reasons.contains(reason) ->
                    Health.Serving.CALM;
            case Health.Serving _, Health.CoolingDown _, Health.Ejected _, Health.Probing _ ->
                    health;
            case Health.Parked _, Health.Ramp _ -> health;
        };
    }

    private Standing with(String model, Health health) {
        if (health.equals(model(model))) {
            return this;
        }
        Map<String, Health> changed = new LinkedHashMap<>(models);
        changed.remove(model);
        if (!health.equals(Health.Serving.CALM)) {
            if (changed.size() >= MOST_MODELS) {
                changed.remove(changed.keySet().iterator().next());
            }
            changed.put(model, health);
        }
        return new Standing(account, Collections.unmodifiableMap(changed));
    }
}

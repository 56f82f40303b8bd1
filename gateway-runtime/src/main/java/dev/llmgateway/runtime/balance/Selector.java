package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.GatewaySettings.AffinityPlan;
import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the candidates serves a request now: those that are healthy and have room; the
/// session's own account first, then the strategy. One for each plan; what outlives the plan is in
/// `AccountStates` and `Pins`. Called on every loop at once.
public final class Selector {
    /// Not below this is an account slow, however fast the others are: a cache is worth more.
    private static final double SLOW_FROM_MILLIS = 200;

    /// An account is slow when its latency is above this multiple of the pool's median.
    private static final double SLOW_FACTOR = 3;

    private final AccountStates states;
    private final Strategy strategy;
    private final AffinityPlan affinity;
    private final Pins pins;
    private final Dice dice;

    public Selector(
            AccountStates states, Strategy strategy, AffinityPlan affinity, Pins pins, Dice dice) {
        this.states = states;
        this.strategy = strategy;
        this.affinity = affinity;
        this.pins = pins;
        this.dice = dice;
    }

    /// With the strategy and affinity of these settings.
    ///
    /// @throws IllegalArgumentException when the strategy has another name than the plan allows
    public static Selector of(
            GatewaySettings settings, AccountStates states, Pins pins, Dice dice) {
        Strategy strategy =
                switch (settings.strategy()) {
                    case "LeastOutstanding" -> new LeastOutstanding(states, dice);
                    case "RoundRobin" -> new RoundRobin();
                    case "Random" -> new UniformRandom(dice);
                    case "Weighted" -> new Weighted(dice);
                    case "PowerOfTwo" -> new PowerOfTwo(states, dice);
                    case String other -> throw new IllegalArgumentException("strategy " + other);
                };
        return new Selector(states, strategy, settings.affinity(), pins, dice);
    }

    /// A lease on one of a tier's candidates, or null when none can take the request. Whoever gets
    /// one ends it with `finished`.
    public @Nullable Lease choose(List<Candidate> tier, Tried tried, Ask ask) {
        return choose(tier, screen(tried, ask, true), ask);
    }

    /// For when `choose` gave null for every tier: who is coming back or seems out of quota, then
    /// who was ejected, each once in two seconds. Null: nobody.
    public @Nullable Lease lastResort(List<Candidate> tier, Tried tried, Ask ask) {
        Lease lease = choose(tier, screen(tried, ask, false), ask);
        if (lease != null || ask.neutral()) {
            return lease;
        }
        for (int i = 0; i < tier.size(); i++) {
            lease = tried.tried(tier.get(i)) ? null : wake(tier.get(i), ask);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    /// A lease for a request of our own making: who is out is tested before his time, who serves is
    /// visited like by any other. Null: the candidate is full, or being tested already.
    public @Nullable Lease visit(Candidate candidate, Ask ask) {
        return enter(candidate, ask, Long.MAX_VALUE);
    }

    /// Milliseconds until one of the candidates is expected back; 0: one can be asked now.
    public long earliestReturn(List<Candidate> candidates, long nowMillis) {
        long earliest = Long.MAX_VALUE;
        for (Candidate candidate : candidates) {
            AccountState state = states.of(candidate.account().uid());
            earliest = Math.min(earliest, Returning.in(state, candidate, nowMillis));
        }
        return earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    private @Nullable Lease choose(List<Candidate> tier, Screen screen, Ask ask) {
        Candidate own = pinned(tier, screen, ask);
        Lease lease = own == null ? null : enter(own, ask);
        // Between look and entry another loop may have taken the probe or the last room.
        for (int i = 0; lease == null && i <= tier.size(); i++) {
            Candidate next = strategy.pick(tier, screen);
            if (next == null) {
                return null;
            }
            lease = enter(next, ask);
        }
        return lease;
    }

    private Screen screen(Tried tried, Ask ask, boolean strict) {
        // Below every share: without strictness a ramp takes all.
        return new Screen(states, tried, ask, strict ? dice.roll() : 0, strict);
    }

    private @Nullable Candidate pinned(List<Candidate> tier, Screen screen, Ask ask) {
        if (!affinity.enabled() || ask.session().none() || tier.size() == 1) {
            return null;
        }
        String uid = pins.account(ask.session(), ask.nowMillis(), affinity.ttlMillis());
        if (uid == null) {
            return null;
        }
        for (int i = 0; i < tier.size(); i++) {
            Candidate candidate = tier.get(i);
            if (candidate.account().uid().equals(uid) && screen.test(candidate)) {
                return slow(candidate, tier) ? null : candidate;
            }
        }
        return null;
    }

    /// Above three times the lower median of the measured, that is: more than half of them, or of
    /// two the other, answer in less than a third of its time.
    private boolean slow(Candidate candidate, List<Candidate> tier) {
        double own = states.of(candidate.account().uid()).latency().average();
        if (!(own >= SLOW_FROM_MILLIS)) {
            return false;
        }
        int measured = 0;
        int faster = 0;
        for (int i = 0; i < tier.size(); i++) {
            double other = states.of(tier.get(i).account().uid()).latency().average();
            measured += Double.isNaN(other) ? 0 : 1;
            faster += other * SLOW_FACTOR < own ? 1 : 0;
        }
        return faster >= (measured + 1) / 2;
    }

    private @Nullable Lease enter(Candidate candidate, Ask ask) {
        return enter(candidate, ask, ask.nowMillis());
    }

    /// @param dueMillis epoch milliseconds by which who is out must be expected back
    private @Nullable Lease enter(Candidate candidate, Ask ask, long dueMillis) {
        AccountState state = states.of(candidate.account().uid());
        if (!state.enter(candidate.account().capacity(), ask.nowMillis())) {
            return null;
        }
        // Read before the standing: too old a number only makes this visit's outcome count less.
        long number = state.probes();
        while (true) {
            Standing seen = state.standing();
            if (!seen.admits(candidate.model(), dueMillis, 0, !ask.neutral())) {
                state.giveBack(candidate.account().capacity(), ask.nowMillis());
                return null;
            }
            if (seen.usable(candidate.model())) {
                return lease(candidate, state, ask, number, false);
            }
            long probe = state.nextProbe();
            if (state.replace(seen, seen.entered(candidate.model(), probe))) {
                return lease(candidate, state, ask, probe, true);
            }
        }
    }

    private @Nullable Lease wake(Candidate candidate, Ask ask) {
        AccountState state = states.of(candidate.account().uid());
        Standing seen = state.standing();
        long probe = state.nextProbe();
        Standing next = seen.enteredAsLastResort(candidate.model(), ask.nowMillis(), probe);
        if (next == null || !state.enter(candidate.account().capacity(), ask.nowMillis())) {
            return null;
        }
        if (!state.replace(seen, next)) {
            state.giveBack(candidate.account().capacity(), ask.nowMillis());
            return null;
        }
        return lease(candidate, state, ask, probe, true);
    }

    private Lease lease(
            Candidate candidate, AccountState state, Ask ask, long number, boolean probe) {
        if (affinity.enabled() && !ask.session().none() && !ask.neutral()) {
            pins.keep(ask.session(), candidate.account().uid(), ask.nowMillis());
        }
        return new Lease(candidate, state, number, probe, ask, states, dice);
    }
}

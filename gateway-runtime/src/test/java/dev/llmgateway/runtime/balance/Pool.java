package dev.llmgateway.runtime.balance;

import static dev.llmgateway.runtime.fixture.Plans.account;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewaySettings.AffinityPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Accounts of one tier under a clock that tests turn, with everything that chance does repeatable.
final class Pool {
    static final long START = 1_700_000_000_000L;
    static final String MODEL = "m";

    final AccountStates states = new AccountStates();
    final Pins pins = new Pins();
    final Dice dice;
    final List<Candidate> candidates;
    Selector selector;
    long now = START;

    Pool(long seed, AccountPlan... accounts) {
        this.dice = new Dice(seed);
        this.candidates = Arrays.stream(accounts).map(Pool::candidate).toList();
        this.selector = selector((states, dice) -> new LeastOutstanding(states, dice));
    }

    static Pool of(String... names) {
        return new Pool(
                1, Stream.of(names).map(n -> account(n).plan()).toArray(AccountPlan[]::new));
    }

    static Candidate candidate(AccountPlan plan) {
        return candidate(plan, MODEL);
    }

    static Candidate candidate(AccountPlan plan, String model) {
        return new Candidate(plan, model, WireFormat.ChatCompletions, 0, plan.weight());
    }

    Selector selector(BiFunction<AccountStates, Dice, Strategy> strategy) {
        AffinityPlan affinity = new AffinityPlan(true, List.of("Header"), "x-session-id", 300_000);
        return new Selector(states, strategy.apply(states, dice), affinity, pins, dice);
    }

    /// As a plan with this strategy would make it, over the same state.
    Selector selector(String strategy) {
        return Selector.of(Plans.strategy(strategy), states, pins, dice);
    }

    Ask ask() {
        return new Ask(now, Session.NONE, candidates);
    }

    Ask ask(Session session) {
        return new Ask(now, session, candidates);
    }

    /// The first that `choose`, else `lastResort` gives.
    @Nullable Lease any(Tried tried) {
        Lease lease = selector.choose(candidates, tried, ask());
        return lease != null ? lease : selector.lastResort(candidates, tried, ask());
    }

    @Nullable Lease any() {
        return any(_ -> false);
    }

    /// At this account, or null when it takes nothing now.
    @Nullable Lease tryAt(String name) {
        return selector.lastResort(List.of(candidate(name)), _ -> false, ask());
    }

    Lease at(String name) {
        return Objects.requireNonNull(tryAt(name), name + " takes nothing");
    }

    Candidate candidate(String name) {
        return candidates.stream()
                .filter(c -> c.account().ref().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    AccountState state(String name) {
        return states.of(candidate(name).account().uid());
    }

    Health health(String name) {
        return state(name).standing().account();
    }

    void put(String name, Health health) {
        state(name).update(_ -> new Standing(health, Map.of()));
    }

    Evidence failure(FailureClass failure, int status) {
        return Evidence.of(failure, status, now);
    }

    void fails(String name, Evidence evidence) {
        Lease lease = at(name);
        lease.failed(evidence);
        lease.finished();
    }

    void answers(String name) {
        answers(at(name));
    }

    void answers(Lease lease) {
        lease.committed(now);
        lease.succeeded();
        lease.finished();
    }

    static String name(Lease lease) {
        return lease.candidate().account().ref().name();
    }
}

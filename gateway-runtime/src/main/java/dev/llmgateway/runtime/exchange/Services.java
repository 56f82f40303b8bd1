package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.balance.AccountStates;
import dev.llmgateway.runtime.balance.PoolMemory;
import dev.llmgateway.runtime.telemetry.AccessLog;
import dev.llmgateway.runtime.telemetry.Meters;
import dev.llmgateway.runtime.upstream.simulated.SimulatedProvider;
import dev.llmgateway.runtime.usage.UsageHistory;
import dev.llmgateway.runtime.usage.UsageLedger;
import java.time.InstantSource;

/// What all exchanges of the process share.
public record Services(
        LiveSnapshot live,
        PoolMemory pool,
        DecisionLog decisions,
        SimulatedProvider simulated,
        UsageLedger usage,
        Meters meters,
        AccessLog accessLog,
        InstantSource clock,
        TestCalls testCalls,
        UsageHistory history) {
    /// With nothing asked and nothing remembered yet.
    public Services(
            LiveSnapshot live,
            PoolMemory pool,
            DecisionLog decisions,
            SimulatedProvider simulated,
            UsageLedger usage,
            Meters meters,
            AccessLog accessLog,
            InstantSource clock) {
        this(
                live,
                pool,
                decisions,
                simulated,
                usage,
                meters,
                accessLog,
                clock,
                new TestCalls(),
                new UsageHistory());
    }

    /// Live state of the accounts.
    public AccountStates accounts() {
        return pool.states();
    }

    /// Puts a snapshot in force; an account whose credential it changes is given another chance.
    public void swap(Snapshot next) {
        next.upstreams()
                .forEach((uid, upstream) ->
                        accounts()
                                .of(uid)
                                .credential(upstream.credential(), upstream.target().signedIn()));
        live.swap(next);
    }
}

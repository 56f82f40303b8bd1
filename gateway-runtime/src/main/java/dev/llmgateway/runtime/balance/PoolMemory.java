package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.GatewaySettings;

/// What the process knows of accounts and sessions beyond any plan.
public record PoolMemory(AccountStates states, Pins pins, Dice dice) {
    /// Knows nothing yet.
    public static PoolMemory seeded(long seed) {
        return new PoolMemory(new AccountStates(), new Pins(), new Dice(seed));
    }

    /// Chooses accounts as these settings ask.
    public Selector selector(GatewaySettings settings) {
        return Selector.of(settings, states, pins, dice);
    }
}

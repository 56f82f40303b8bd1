package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.balance.AccountStates;
import dev.llmgateway.runtime.balance.Balancer;
import dev.llmgateway.runtime.telemetry.AccessLog;
import dev.llmgateway.runtime.telemetry.Meters;
import dev.llmgateway.runtime.upstream.simulated.SimulatedProvider;
import dev.llmgateway.runtime.usage.UsageLedger;
import java.time.InstantSource;

/// What all exchanges of the process share.
public record Services(
        LiveSnapshot live,
        AccountStates accounts,
        Balancer balancer,
        SimulatedProvider simulated,
        UsageLedger usage,
        Meters meters,
        AccessLog accessLog,
        InstantSource clock) {}

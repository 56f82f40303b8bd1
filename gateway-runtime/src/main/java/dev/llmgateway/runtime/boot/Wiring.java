package dev.llmgateway.runtime.boot;

import dev.llmgateway.runtime.admin.AdminFacts;
import dev.llmgateway.runtime.admin.AdminServer;
import dev.llmgateway.runtime.balance.AccountStates;
import dev.llmgateway.runtime.balance.RoundRobin;
import dev.llmgateway.runtime.exchange.FramingErrors;
import dev.llmgateway.runtime.exchange.GatewayHandler;
import dev.llmgateway.runtime.exchange.LiveSnapshot;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.RequestIds;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.telemetry.AccessLog;
import dev.llmgateway.runtime.telemetry.Meters;
import dev.llmgateway.runtime.transport.TransportServer;
import dev.llmgateway.runtime.transport.TransportStats;
import dev.llmgateway.runtime.upstream.simulated.SimulatedProvider;
import dev.llmgateway.runtime.usage.UsageLedger;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;

/// The one page that constructs everything and knows how it hangs together.
final class Wiring implements AdminFacts {
    private final Settings settings;
    private final Vertx vertx;
    private final Services services;
    private final TransportServer transport;
    private final AdminServer admin;
    private volatile LoadReport report = LoadReport.NOTHING;
    private volatile boolean draining;
    private volatile boolean listening;

    Wiring(Settings settings) {
        this.settings = settings;
    }
}

package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.snapshot.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What every account is worked at with.
///
/// @param changed is told of an account whose status may say something else
record Kit(
        World world,
        Clock clock,
        LogoutStep logout,
        LoginStep login,
        DeviceStep device,
        RefreshStep refresh,
        AccountNotes notes,
        OAuthMeters meters,
        Slots slots,
        Ending ending,
        ScheduledExecutorService timers,
        ExecutorService threads,
        Consumer<ObjectRef> changed) {

    /// @param holder name of this process, in claims
    static Kit of(
            KubernetesClient client,
            World world,
            String holder,
            Clock clock,
            RandomGenerator random,
            MeterRegistry registry,
            Threads threads,
            Consumer<ObjectRef> changed) {
        TokenSecrets secrets = new TokenSecrets(client);
        Ending ending = new Ending();
        TokenKeeper keeper = new TokenKeeper(secrets, ending);
        OAuthMeters meters = new OAuthMeters(registry, clock);
        Slots slots = new Slots();
        Refresher refresher = new Refresher(secrets, keeper, slots, ending, holder, clock);
        return new Kit(
                world,
                clock,
                new LogoutStep(secrets, clock),
                new LoginStep(secrets, keeper, holder, clock),
                new DeviceStep(keeper, random, clock),
                new RefreshStep(refresher, slots, meters, clock),
                new AccountNotes(client),
                meters,
                slots,
                ending,
                threads.timers(),
                threads.workers(),
                changed);
    }

    /// @param timers one thread
    record Threads(ScheduledExecutorService timers, ExecutorService workers) {}

    void start(Runnable work) {
        if (!threads.isShutdown()) {
            threads.execute(work);
        }
    }
}

package dev.llmgateway.operator.app;

import dev.llmgateway.operator.account.UpstreamAccountReconciler;
import dev.llmgateway.operator.apply.BundleWriter;
import dev.llmgateway.operator.apply.EventRecorder;
import dev.llmgateway.operator.apply.StatusReport;
import dev.llmgateway.operator.apply.StatusWriter;
import dev.llmgateway.operator.desired.GatewayFacts;
import dev.llmgateway.operator.gateway.Checkpoints;
import dev.llmgateway.operator.gateway.FollowedPods;
import dev.llmgateway.operator.gateway.GatewayConfigReconciler;
import dev.llmgateway.operator.gateway.GatewayWork;
import dev.llmgateway.operator.gateway.Ledger;
import dev.llmgateway.operator.gateway.Propagation;
import dev.llmgateway.operator.gateway.Publication;
import dev.llmgateway.operator.gateway.Replicas;
import dev.llmgateway.operator.gateway.Sites;
import dev.llmgateway.operator.gateway.Vitals;
import dev.llmgateway.operator.key.GatewayKeyReconciler;
import dev.llmgateway.operator.key.KeySecrets;
import dev.llmgateway.operator.oauth.OAuthDesk;
import dev.llmgateway.operator.snapshot.Scope;
import dev.llmgateway.operator.snapshot.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Everything the operator is made of, constructed on one page.
///
/// @param world what it knows
/// @param replicas what gateways' pods tell
/// @param oauth keeps tokens alive
/// @param operator the controllers, not started
public record Wiring(World world, Replicas replicas, OAuthDesk oauth, Operator operator) {
    private static final int RECONCILE_THREADS = 8;
    private static final Duration LISTS_ARRIVE = Duration.ofSeconds(30);
    private static final Duration RECONCILES_END = Duration.ofSeconds(3);

    /// What the operator is told from outside.
    ///
    /// @param instance names this process in Events
    /// @param operator what gateways' pods are made of
    /// @param meters of sign-ins
    /// @param propagated takes how long each change took to reach every ready pod
    public record Surroundings(
            Scope scope,
            String instance,
            GatewayFacts.Operator operator,
            Clock clock,
            MeterRegistry meters,
            Consumer<Duration> propagated) {}

    /// @param client reads leniently (`LenientReading`)
    /// @param further settings of the SDK: leader election, metrics
    public static Wiring of(
            KubernetesClient client,
            Surroundings around,
            Consumer<ConfigurationServiceOverrider> further) {
        World world = new World(client, around.scope(), around.clock());
        return of(
                client, around, world, new FollowedPods(world.workload(), around.clock()), further);
    }

    /// With other pods than those that Kubernetes runs.
    public static Wiring of(
            KubernetesClient client,
            Surroundings around,
            World world,
            Replicas replicas,
            Consumer<ConfigurationServiceOverrider> further) {
        Clock clock = around.clock();
        Scope scope = around.scope();
        SecureRandom random = new SecureRandom();
        Ledger ledger = new Ledger(replicas);
        Vitals vitals = new Vitals(replicas, clock);
        StatusReport reports =
                new StatusReport(
                        new StatusWriter(client),
                        new EventRecorder(client, around.instance(), clock));
        KeySecrets secrets = new KeySecrets(client, world, random, clock);
        OAuthDesk oauth =
                new OAuthDesk(client, world, around.instance(), clock, random, around.meters());
        GatewayWork work =
                new GatewayWork(
                        new Publication(new BundleWriter(client), ledger, clock),
                        new Sites(client, around.operator(), random, clock),
                        replicas,
                        vitals,
                        new Checkpoints(client, replicas, clock),
                        new Propagation(clock, around.propagated()),
                        ledger);

        Operator operator =
                new Operator(settings -> {
                    settings.withKubernetesClient(client)
                            .withCloseClientOnStop(false)
                            .checkingCRDAndValidateLocalModel(false)
                            .withConcurrentReconciliationThreads(RECONCILE_THREADS)
                            .withCacheSyncTimeout(LISTS_ARRIVE)
                            .withStopOnInformerErrorDuringStartup(false)
                            .withReconciliationTerminationTimeout(RECONCILES_END);
                    further.accept(settings);
                });
        register(
                operator,
                scope,
                new UpstreamAccountReconciler(world, ledger, vitals, oauth, reports, clock));
        register(
                operator,
                scope,
                new GatewayKeyReconciler(world, secrets, ledger, vitals, reports, clock));
        register(operator, scope, new GatewayConfigReconciler(world, work, reports, clock));
        return new Wiring(world, replicas, oauth, operator);
    }

    /// Whose changes do not arrive: kinds as the judge sees them, and the controllers' own
    /// informers once they run. Empty: all is well.
    public List<String> deaf() {
        List<String> deaf = new ArrayList<>(world.deaf());
        RuntimeInfo controllers = operator.getRuntimeInfo();
        if (controllers.isStarted()) {
            controllers
                    .unhealthyEventSources()
                    .forEach((controller, sources) -> {
                        if (!sources.isEmpty()) {
                            deaf.add("controller " + controller);
                        }
                    });
        }
        return deaf;
    }

    /// Ends everything, the controllers first.
    public void stop() {
        operator.stop();
        oauth.close();
        world.close();
        replicas.close();
    }

    private static <P extends HasMetadata> void register(
            Operator operator, Scope scope, Reconciler<P> reconciler) {
        Consumer<ControllerConfigurationOverrider<P>> where =
                settings -> {
                    if (scope.namespaces().isEmpty()) {
                        settings.watchingAllNamespaces();
                    } else {
                        settings.settingNamespaces(Set.copyOf(scope.namespaces()));
                    }
                };
        operator.register(reconciler, where);
    }
}

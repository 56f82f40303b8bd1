package dev.llmgateway.operator.app;

import dev.llmgateway.operator.account.UpstreamAccountReconciler;
import dev.llmgateway.operator.apply.BundleWriter;
import dev.llmgateway.operator.apply.EventRecorder;
import dev.llmgateway.operator.apply.StatusReport;
import dev.llmgateway.operator.apply.StatusWriter;
import dev.llmgateway.operator.gateway.GatewayConfigReconciler;
import dev.llmgateway.operator.gateway.Ledger;
import dev.llmgateway.operator.gateway.Replicas;
import dev.llmgateway.operator.key.GatewayKeyReconciler;
import dev.llmgateway.operator.key.KeySecrets;
import dev.llmgateway.operator.snapshot.Scope;
import dev.llmgateway.operator.snapshot.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// Everything the operator is made of, constructed on one page.
///
/// @param world what it knows
/// @param operator the controllers, not started
public record Wiring(World world, Operator operator) {
    private static final int RECONCILE_THREADS = 8;
    private static final Duration LISTS_ARRIVE = Duration.ofSeconds(30);
    private static final Duration RECONCILES_END = Duration.ofSeconds(3);

    /// @param client reads leniently (`LenientReading`)
    /// @param instance names this process in Events
    /// @param further settings of the SDK: leader election, metrics
    public static Wiring of(
            KubernetesClient client,
            Scope scope,
            Replicas replicas,
            String instance,
            Clock clock,
            Consumer<ConfigurationServiceOverrider> further) {
        World world = new World(client, scope, clock);
        Ledger ledger = new Ledger(replicas);
        StatusReport reports =
                new StatusReport(
                        new StatusWriter(client), new EventRecorder(client, instance, clock));
        BundleWriter bundles = new BundleWriter(client);
        KeySecrets secrets = new KeySecrets(client, world, new SecureRandom(), clock);

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
        register(operator, scope, new UpstreamAccountReconciler(world, ledger, reports, clock));
        register(operator, scope, new GatewayKeyReconciler(world, secrets, ledger, reports, clock));
        register(
                operator,
                scope,
                new GatewayConfigReconciler(world, bundles, ledger, replicas, reports, clock));
        return new Wiring(world, operator);
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

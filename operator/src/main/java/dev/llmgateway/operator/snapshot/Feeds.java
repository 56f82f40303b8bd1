package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.operator.apply.MeaningfulChange;
import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// Everything the operator keeps of the cluster. Of Secrets that is the released ones and the keys
/// it generated; of ConfigMaps all but its own.
record Feeds(
        Feed<GatewayConfig> gateways,
        Feed<UpstreamAccount> accounts,
        Feed<GatewayKey> keys,
        Feed<Secret> released,
        Feed<Secret> generated,
        Feed<ConfigMap> configMaps,
        Feed<Namespace> namespaces)
        implements AutoCloseable {

    static Feeds start(KubernetesClient client, Scope scope, Runnable changed) {
        BiPredicate<HasMetadata, HasMetadata> meaningful = new MeaningfulChange()::accept;
        BiPredicate<Secret, Secret> secrets =
                (now, before) ->
                        meaningful.test(now, before)
                                || !java.util.Objects.equals(now.getData(), before.getData());
        BiPredicate<ConfigMap, ConfigMap> configMaps =
                (now, before) -> !java.util.Objects.equals(now.getData(), before.getData());
        return new Feeds(
                Feed.start(
                        "gateways",
                        in(scope, client.resources(GatewayConfig.class)),
                        meaningful::test,
                        _ -> changed.run()),
                Feed.start(
                        "accounts",
                        in(scope, client.resources(UpstreamAccount.class)),
                        meaningful::test,
                        _ -> changed.run()),
                Feed.start(
                        "keys",
                        in(scope, client.resources(GatewayKey.class)),
                        meaningful::test,
                        _ -> changed.run()),
                Feed.start(
                        "credentials",
                        in(scope, client.secrets()).stream()
                                .map(some -> some.withLabel(Labels.CREDENTIALS, "true"))
                                .toList(),
                        secrets,
                        _ -> changed.run()),
                Feed.start(
                        "generated keys",
                        in(scope, client.secrets()).stream()
                                .map(some ->
                                        some.withLabel(Labels.MANAGED_BY, Labels.FIELD_MANAGER)
                                                .withLabel(Labels.KEY))
                                .toList(),
                        secrets,
                        _ -> changed.run()),
                Feed.start(
                        "config maps",
                        in(scope, client.configMaps()).stream()
                                .map(some ->
                                        some.withoutLabel(Labels.MANAGED_BY, Labels.FIELD_MANAGER))
                                .toList(),
                        configMaps,
                        _ -> changed.run()),
                Feed.start(
                        "namespaces",
                        namespaces(scope, client),
                        meaningful::test,
                        _ -> changed.run()));
    }

    Objects objects() {
        return new Objects(gateways, accounts, keys, released, generated, configMaps, namespaces);
    }

    Stream<Feed<?>> all() {
        return Stream.of(gateways, accounts, keys, released, generated, configMaps, namespaces);
    }

    @Override
    public void close() {
        all().forEach(Feed::close);
    }

    static <R extends HasMetadata> List<FilterWatchListDeletable<R, ?, ?>> in(
            Scope scope, MixedOperation<R, ?, ?> operation) {
        List<String> names = scope.namespaces();
        return names.isEmpty()
                ? List.of(operation.inAnyNamespace())
                : names.stream()
                        .<FilterWatchListDeletable<R, ?, ?>>map(operation::inNamespace)
                        .toList();
    }

    private static List<? extends Informable<Namespace>> namespaces(
            Scope scope, KubernetesClient client) {
        return switch (scope) {
            case Scope.Own _ -> List.of();
            case Scope.Listed(var names) ->
                    names.stream().map(name -> client.namespaces().withName(name)).toList();
            case Scope.Cluster() -> List.of(client.namespaces());
        };
    }
}

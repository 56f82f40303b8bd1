package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.UpstreamAccount;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import java.util.stream.Stream;

/// What a judgement is made of.
///
/// @param released Secrets with the label that lets accounts use them
/// @param generated Secrets of generated keys
record Objects(
        Some<GatewayConfig> gateways,
        Some<UpstreamAccount> accounts,
        Some<GatewayKey> keys,
        Some<Secret> released,
        Some<Secret> generated,
        Some<ConfigMap> configMaps,
        Some<Namespace> namespaces) {
    /// Objects of one kind.
    interface Some<R extends HasMetadata> {
        Stream<R> all();

        Optional<R> find(String namespace, String name);
    }
}

package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import java.util.List;
import java.util.stream.Stream;

/// Everything `compile` looks at, in the order it was read.
///
/// @param unreadable left out and named; whoever points at such a gateway is told that it is
///   invalid
public record ManifestSet(
        List<Manifest<GatewayConfigSpec>> gateways,
        List<Manifest<UpstreamAccountSpec>> accounts,
        List<Manifest<GatewayKeySpec>> keys,
        List<SecretDocument> secrets,
        List<ConfigMapDocument> configMaps,
        List<NamespaceDocument> namespaces,
        List<UnreadableObject> unreadable) {
    public static final ManifestSet EMPTY =
            new ManifestSet(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public ManifestSet {
        gateways = List.copyOf(gateways);
        accounts = List.copyOf(accounts);
        keys = List.copyOf(keys);
        secrets = List.copyOf(secrets);
        configMaps = List.copyOf(configMaps);
        namespaces = List.copyOf(namespaces);
        unreadable = List.copyOf(unreadable);
    }

    /// All of them readable.
    public ManifestSet(
            List<Manifest<GatewayConfigSpec>> gateways,
            List<Manifest<UpstreamAccountSpec>> accounts,
            List<Manifest<GatewayKeySpec>> keys,
            List<SecretDocument> secrets,
            List<ConfigMapDocument> configMaps,
            List<NamespaceDocument> namespaces) {
        this(gateways, accounts, keys, secrets, configMaps, namespaces, List.of());
    }

    /// These objects followed by those of `other`; nothing is replaced, so objects that are
    /// declared twice stay visible.
    public ManifestSet merge(ManifestSet other) {
        return new ManifestSet(
                concat(gateways, other.gateways),
                concat(accounts, other.accounts),
                concat(keys, other.keys),
                concat(secrets, other.secrets),
                concat(configMaps, other.configMaps),
                concat(namespaces, other.namespaces),
                concat(unreadable, other.unreadable));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

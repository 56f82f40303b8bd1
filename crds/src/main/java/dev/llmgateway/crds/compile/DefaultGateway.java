package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.Source;
import java.util.List;
import java.util.Map;

/// The gateway of a folder that declares none: `default/main`, every value at its default.
final class DefaultGateway {
    private static final String NAMESPACE = "default";
    private static final String NAME = "main";

    private DefaultGateway() {}

    /// Unchanged where the set has a GatewayConfig.
    static ManifestSet into(ManifestSet set) {
        if (!set.gateways().isEmpty()) {
            return set;
        }
        Manifest<GatewayConfigSpec> gateway =
                new Manifest<>(
                        new Source("(default)", 1),
                        NAMESPACE,
                        NAME,
                        "GatewayConfig/" + NAMESPACE + "/" + NAME,
                        "",
                        Map.of(),
                        Map.of(),
                        (GatewayConfigSpec) Records.empty(GatewayConfigSpec.class));
        return new ManifestSet(
                List.of(gateway),
                set.accounts(),
                set.keys(),
                set.secrets(),
                set.configMaps(),
                set.namespaces(),
                set.unreadable());
    }
}

package dev.llmgateway.crds.schema;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.stream.Stream;

/// One of our kinds and the classes its CRD is made from.
///
/// @param text what `kubectl explain` says about the kind
record Kind(
        String plural,
        Class<? extends CustomResource<?, ?>> resource,
        Class<? extends Record> spec,
        Class<? extends Record> status,
        String text) {
    static final List<Kind> ALL =
            List.of(
                    new Kind(
                            "upstreamaccounts",
                            UpstreamAccount.class,
                            UpstreamAccountSpec.class,
                            UpstreamAccountStatus.class,
                            "One upstream credential: who serves, how it authenticates, and who may spend it."),
                    new Kind(
                            "gatewaykeys",
                            GatewayKey.class,
                            GatewayKeySpec.class,
                            GatewayKeyStatus.class,
                            "One client key: whose it is, what it may use, and how much."),
                    new Kind(
                            "gatewayconfigs",
                            GatewayConfig.class,
                            GatewayConfigSpec.class,
                            GatewayConfigStatus.class,
                            "One gateway: its pods, its routes, and whose accounts and keys it accepts."));

    String name() {
        return resource.getSimpleName();
    }

    static Kind named(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
    }

    /// Names of the columns in the order of the annotations; the generator sorts them by path.
    List<String> columns() {
        return Stream.of(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }
}

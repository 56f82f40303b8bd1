package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Deployment;
import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.Routing;
import dev.llmgateway.crds.catalog.CatalogReading;
import dev.llmgateway.crds.catalog.ModelCatalog;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.ListenerTls;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One gateway, without its accounts and keys.
final class GatewayCompiler {
    private static final String CATALOG = "spec.modelCatalog.configMapRef";

    private final World world;

    GatewayCompiler(World world) {
        this.world = world;
    }

    /// Empty: left out, and why is in the findings.
    Optional<GatewayDraft> compile(Subject<GatewayConfigSpec> gateway) {
        GatewayConfigSpec spec = gateway.spec();
        EgressPlan egress = EgressCompiler.ofGateway(spec.egress(), gateway, world);
        List<CatalogEntry> catalog = catalog(gateway);
        Optional<ListenerTls> tls = tls(spec.deployment().tls(), gateway);
        if (gateway.findings().failed() || tls.isEmpty()) {
            return Optional.empty();
        }
        String own = gateway.namespace();
        return Optional.of(
                new GatewayDraft(
                        gateway,
                        settings(spec, tls.get()),
                        egress,
                        RouteCompiler.compile(spec.modelRoutes()),
                        catalog,
                        world.namespaces().resolve(spec.allowedAccounts().namespaces(), own),
                        world.namespaces().resolve(spec.allowedKeys().namespaces(), own),
                        world.namespaces().resolve(spec.trustedAccounts().namespaces(), own)));
    }

    private static GatewaySettings settings(GatewayConfigSpec spec, ListenerTls tls) {
        return new GatewaySettings(
                spec.routing().strategy().name(),
                affinity(spec.routing().affinity()),
                spec.routing().unmatchedModels() == Routing.Unmatched.Passthrough,
                spec.routing().defaultPool(),
                spec.failover().maxAttempts(),
                spec.failover().retryBudgetPercent(),
                spec.failover().commitPoint().name(),
                Quantities.bytes(spec.request().maxBodyBytes()),
                spec.request().maxConcurrent(),
                Quantities.bytes(spec.request().bodyMemory()),
                connectionsPerAddress(spec.request().maxConnectionsPerAddress()),
                spec.cors() == null ? List.of() : spec.cors().allowedOrigins(),
                spec.translation().strict(),
                spec.observability().accessLog().enabled(),
                spec.simulation().enabled(),
                tls,
                BudgetCompiler.ofGateway(spec.budgets()));
    }

    private static int connectionsPerAddress(@Nullable Integer most) {
        return most == null ? 0 : most;
    }

    private static GatewaySettings.AffinityPlan affinity(Routing.Affinity affinity) {
        return new GatewaySettings.AffinityPlan(
                affinity.enabled(),
                affinity.sources().stream().map(Enum::name).toList(),
                affinity.header(),
                Durations.millis(affinity.ttl()));
    }

    /// Empty: asked for and not to be had, and why is in the findings.
    private Optional<ListenerTls> tls(
            Deployment.@Nullable Tls tls, Subject<GatewayConfigSpec> gateway) {
        if (tls == null) {
            return Optional.of(new ListenerTls.Clear());
        }
        Optional<CredentialRef> certificate = pem(tls, "tls.crt", gateway);
        Optional<CredentialRef> key = pem(tls, "tls.key", gateway);
        String clientCa = tls.clientCA() == null ? "" : clientCa(tls.clientCA(), gateway);
        return certificate.flatMap(
                chain -> key.map(secret -> new ListenerTls.Served(chain, secret, clientCa)));
    }

    private Optional<CredentialRef> pem(
            Deployment.Tls tls, String key, Subject<GatewayConfigSpec> gateway) {
        return world.secrets()
                .pem(
                        new CredentialRef(gateway.namespace(), tls.secretRef().name(), key),
                        "spec.deployment.tls.secretRef",
                        gateway.findings());
    }

    /// A missing bundle leaves an error in the findings, so the gateway never serves without it.
    private String clientCa(Deployment.ClientCa clientCa, Subject<GatewayConfigSpec> gateway) {
        return world.configMaps()
                .certificates(
                        gateway.namespace(),
                        clientCa.configMap(),
                        "spec.deployment.tls.clientCA.configMap",
                        gateway.findings())
                .orElse("");
    }

    /// The ConfigMap's entries, its keys in their order, before the built-in ones.
    private List<CatalogEntry> catalog(Subject<GatewayConfigSpec> gateway) {
        GatewayConfigSpec.ModelCatalog own = gateway.spec().modelCatalog();
        if (own == null) {
            return ModelCatalog.builtIn();
        }
        NavigableMap<String, String> texts = new TreeMap<>();
        world.configMaps()
                .all(gateway.namespace(), own.configMapRef().name(), CATALOG, gateway.findings())
                .ifPresent(texts::putAll);
        List<CatalogEntry> entries = new ArrayList<>();
        texts.forEach((key, yaml) -> entries.addAll(entries(key, yaml, gateway.findings())));
        entries.addAll(ModelCatalog.builtIn());
        return entries;
    }

    private static List<CatalogEntry> entries(String key, String yaml, Findings findings) {
        CatalogReading reading = ModelCatalog.read(yaml);
        reading.problems()
                .forEach(problem ->
                        findings.unsupported(
                                CATALOG, "key " + key + " of the ConfigMap: " + problem));
        return reading.entries();
    }
}

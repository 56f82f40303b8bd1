package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Egress;
import dev.llmgateway.crds.plan.EgressPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How upstreams are reached: a gateway's own egress, and an account's over it.
final class EgressCompiler {
    private static final String PATH = "spec.egress";

    private EgressCompiler() {}

    static EgressPlan ofGateway(@Nullable Egress egress, Subject<?> gateway, World world) {
        if (egress == null) {
            return EgressPlan.DIRECT;
        }
        AddressRules rules = new AddressRules(egress.allowPrivateNetworks(), egress.allowHosts());
        return over(EgressPlan.DIRECT, egress, rules, gateway, world);
    }

    /// What permits addresses stays the gateway's.
    static EgressPlan ofAccount(
            @Nullable Egress egress, Subject<?> account, GatewayDraft gateway, World world) {
        return egress == null
                ? gateway.egress()
                : over(gateway.egress(), egress, gateway.addressRules(), account, world);
    }

    private static EgressPlan over(
            EgressPlan base, Egress egress, AddressRules rules, Subject<?> subject, World world) {
        return new EgressPlan(
                proxy("httpProxy", egress.httpProxy(), base.httpProxy(), rules, subject),
                proxy("httpsProxy", egress.httpsProxy(), base.httpsProxy(), rules, subject),
                egress.noProxy().isEmpty() ? base.noProxy() : egress.noProxy(),
                caBundle(egress.caBundleRef(), subject, world).orElse(base.caBundle()),
                rules.allowPrivate(),
                rules.allowHosts());
    }

    private static String proxy(
            String field,
            @Nullable String own,
            String inherited,
            AddressRules rules,
            Subject<?> subject) {
        if (own == null) {
            return inherited;
        }
        rules.refuseProxy(own)
                .ifPresent(why -> subject.findings().unsupported(PATH + "." + field, why));
        return own;
    }

    private static Optional<String> caBundle(
            Egress.@Nullable CaBundle bundle, Subject<?> subject, World world) {
        return bundle == null
                ? Optional.empty()
                : world.configMaps()
                        .certificates(
                                subject.namespace(),
                                bundle.configMap(),
                                PATH + ".caBundleRef.configMap",
                                subject.findings());
    }
}

package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.api.Deployment;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/// The way to the data ports; the admin ports are in no Service.
public final class GatewayService {
    private GatewayService() {}

    public static Service of(GatewayFacts facts) {
        Deployment written = facts.spec().deployment();
        return new ServiceBuilder()
                .withMetadata(Ownership.metadata(facts, facts.name()))
                .editMetadata()
                .withAnnotations(written.service().annotations())
                .endMetadata()
                .withNewSpec()
                .withType(written.service().type().name())
                .withSelector(Ownership.selector(facts))
                .addNewPort()
                .withName(written.tls() == null ? "http" : "https")
                .withPort(written.service().port())
                .withProtocol("TCP")
                .withTargetPort(new IntOrString(GatewayPod.DATA))
                .endPort()
                .endSpec()
                .build();
    }

    /// `host:port` for clients in the cluster, as the status says it.
    public static String address(GatewayFacts facts) {
        return "%s.%s.svc:%d"
                .formatted(
                        facts.name(),
                        facts.gateway().namespace(),
                        facts.spec().deployment().service().port());
    }
}

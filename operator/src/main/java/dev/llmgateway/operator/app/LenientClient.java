package dev.llmgateway.operator.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.resource.LenientReading;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/// Makes Quarkus's client read our kinds as every client of ours does.
@Singleton
public class LenientClient implements KubernetesClientObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        LenientReading.configure(mapper);
    }
}

package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/// The pods and objects the operator owns.
@ValidationRule(
        value = "!(has(self.replicas) && has(self.autoscaling))",
        message = "replicas and autoscaling exclude each other")
public record Deployment(
        @Min(0)
                @Max(1000)
                @JsonPropertyDescription("Pods; 2 where neither replicas nor autoscaling is given.")
                Integer replicas,
        Autoscaling autoscaling,
        @Size(max = 512) String image,
        Resources resources,
        @Default("{}") Service service,
        @PreserveUnknownFields
                @JsonPropertyDescription(
                        "Fields of the pod; unknown ones are kept, the operator checks the listed ones.")
                Map<String, Object> podTemplate,
        @Default("{}") NetworkPolicy networkPolicy,
        @DurationText @Default("5m") String terminationGracePeriod,
        Tls tls) {
    @ValidationRule(
            value = "self.minReplicas <= self.maxReplicas",
            message = "minReplicas must not exceed maxReplicas")
    public record Autoscaling(
            @Default("2") @Min(1) @Max(1000) Integer minReplicas,
            @Required @Min(1) @Max(1000) Integer maxReplicas,
            @Default("80") @Min(1) @Max(100) Integer targetCPUUtilization) {}

    public record Resources(
            @Size(max = 16) Map<String, @Size(max = 32) String> requests,
            @Size(max = 16) Map<String, @Size(max = 32) String> limits) {}

    public record Service(
            @Default("ClusterIP") ServiceType type,
            @Default("80") @Min(1) @Max(65535) Integer port,
            @Size(max = 64) Map<String, @Size(max = 2048) String> annotations) {}

    public enum ServiceType {
        ClusterIP,
        NodePort,
        LoadBalancer
    }

    public record NetworkPolicy(
            @Default("true") Boolean enabled,
            @PreserveUnknownFields @Size(max = 32) List<EgressRule> extraEgress) {}

    @PreserveUnknownFields
    public record EgressRule() {}

    public record Tls(@Required SecretRef secretRef, ClientCa clientCA) {}

    public record ClientCa(@Required ConfigMapKeyRef configMap) {}
}

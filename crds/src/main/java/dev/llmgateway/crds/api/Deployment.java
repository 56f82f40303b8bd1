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
import org.jspecify.annotations.Nullable;

/// The pods and objects the operator owns.
@ValidationRule(
        value = "!(has(self.replicas) && has(self.autoscaling))",
        message = "replicas and autoscaling exclude each other")
public record Deployment(
        @Min(0)
                @Max(1000)
                @JsonPropertyDescription(
                        "Number of pods; excludes autoscaling. Default: 2 without autoscaling. Range: 0-1000.")
                @Nullable Integer replicas,
        @JsonPropertyDescription("Number of pods by load; excludes replicas. Default: none.")
                @Nullable Autoscaling autoscaling,
        @Size(max = 512)
                @JsonPropertyDescription(
                        "Image of the gateway. Default: the operator's matching version. At most 512 characters.")
                @Nullable String image,
        @JsonPropertyDescription("CPU and memory of one pod. Default: the operator's.")
                @Nullable Resources resources,
        @Default("{}")
                @JsonPropertyDescription(
                        "The Service in front of the pods. Default: {type: ClusterIP, port: 80}.")
                Service service,
        @PreserveUnknownFields
                @JsonPropertyDescription(
                        "Parts of the pod: labels, annotations, nodeSelector, tolerations, affinity, topologySpreadConstraints, imagePullSecrets, priorityClassName; checked by the operator. Default: none.")
                Map<String, Object> podTemplate,
        @Default("{}")
                @JsonPropertyDescription("Who may talk to the pods. Default: {enabled: true}.")
                NetworkPolicy networkPolicy,
        @DurationText
                @Default("5m")
                @JsonPropertyDescription(
                        "How long streams may finish when a pod stops. Duration. Default: 5m. Range: 1s-24h.")
                String terminationGracePeriod,
        @JsonPropertyDescription("TLS of the data port. Default: clear text.") @Nullable Tls tls) {
    static final Deployment DEFAULT =
            new Deployment(
                    2,
                    null,
                    null,
                    null,
                    Service.DEFAULT,
                    Map.of(),
                    NetworkPolicy.DEFAULT,
                    "5m",
                    null);

    public Deployment {
        replicas = replicas == null && autoscaling == null ? Integer.valueOf(2) : replicas;
        service = Defaults.or(service, Service.DEFAULT);
        podTemplate = Defaults.map(podTemplate);
        networkPolicy = Defaults.or(networkPolicy, NetworkPolicy.DEFAULT);
        terminationGracePeriod = Defaults.or(terminationGracePeriod, "5m");
    }

    /// Number of pods by load.
    @ValidationRule(
            value = "self.minReplicas <= self.maxReplicas",
            message = "minReplicas must not exceed maxReplicas")
    public record Autoscaling(
            @Default("2")
                    @Min(1)
                    @Max(1000)
                    @JsonPropertyDescription(
                            "Fewest pods. Default: 2. Range: 1-1000, at most maxReplicas.")
                    Integer minReplicas,
            @Required
                    @Min(1)
                    @Max(1000)
                    @JsonPropertyDescription("Most pods. Required. Range: 1-1000.")
                    Integer maxReplicas,
            @Default("80")
                    @Min(1)
                    @Max(100)
                    @JsonPropertyDescription(
                            "CPU use that is aimed at, percent of the request. Default: 80. Range: 1-100.")
                    Integer targetCPUUtilization) {
        public Autoscaling {
            minReplicas = Defaults.or(minReplicas, 2);
            targetCPUUtilization = Defaults.or(targetCPUUtilization, 80);
        }
    }

    /// CPU and memory of one pod.
    public record Resources(
            @Size(max = 16)
                    @JsonPropertyDescription(
                            "Reserved amounts by resource, Kubernetes quantities. Default: none. At most 16.")
                    Map<String, @Size(max = 32) String> requests,
            @Size(max = 16)
                    @JsonPropertyDescription(
                            "Most of each resource, Kubernetes quantities. Default: none. At most 16.")
                    Map<String, @Size(max = 32) String> limits) {
        public Resources {
            requests = Defaults.map(requests);
            limits = Defaults.map(limits);
        }
    }

    /// The Service in front of the pods.
    public record Service(
            @Default("ClusterIP")
                    @JsonPropertyDescription(
                            "ClusterIP, NodePort or LoadBalancer. Default: ClusterIP.")
                    ServiceType type,
            @Default("80")
                    @Min(1)
                    @Max(65535)
                    @JsonPropertyDescription("Port of the Service. Default: 80. Range: 1-65535.")
                    Integer port,
            @Size(max = 64)
                    @JsonPropertyDescription(
                            "Annotations of the Service. Default: none. At most 64.")
                    Map<String, @Size(max = 2048) String> annotations) {
        static final Service DEFAULT = new Service(ServiceType.ClusterIP, 80, Map.of());

        public Service {
            type = Defaults.or(type, ServiceType.ClusterIP);
            port = Defaults.or(port, 80);
            annotations = Defaults.map(annotations);
        }
    }

    /// How the Service is reached.
    public enum ServiceType {
        ClusterIP,
        NodePort,
        LoadBalancer
    }

    /// Who may talk to the pods, and whom they may talk to.
    public record NetworkPolicy(
            @Default("true")
                    @JsonPropertyDescription("False: no NetworkPolicy is written. Default: true.")
                    Boolean enabled,
            @PreserveUnknownFields
                    @Size(max = 32)
                    @JsonPropertyDescription(
                            "Further egress rules, as in a Kubernetes NetworkPolicy. Default: none. At most 32.")
                    List<EgressRule> extraEgress) {
        static final NetworkPolicy DEFAULT = new NetworkPolicy(true, List.of());

        public NetworkPolicy {
            enabled = Defaults.or(enabled, true);
            extraEgress = Defaults.list(extraEgress);
        }
    }

    /// TLS of the data port.
    public record Tls(
            @Required @JsonPropertyDescription("Secret with tls.crt and tls.key. Required.")
                    SecretRef secretRef,
            @JsonPropertyDescription(
                            "Roots that client certificates must chain to. Default: none asked for.")
                    @Nullable ClientCa clientCA) {}

    /// Roots of client certificates.
    public record ClientCa(
            @Required
                    @JsonPropertyDescription(
                            "ConfigMap key that holds the roots as PEM text. Required.")
                    ConfigMapKeyRef configMap) {}
}

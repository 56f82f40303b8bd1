package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import java.util.Map;

/// One egress rule of a Kubernetes NetworkPolicy; its fields are kept as they are written.
@PreserveUnknownFields
public record EgressRule(
        @JsonAnySetter
                @JsonAnyGetter
                @JsonPropertyDescription(
                        "Fields of a Kubernetes NetworkPolicyEgressRule: to, ports. Default: none.")
                Map<String, Object> fields) {
    public EgressRule {
        fields = Defaults.map(fields);
    }
}

package dev.llmgateway.operator.desired;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `spec.deployment.podTemplate`, as far as it can be read; the schema keeps whatever is written
/// there.
///
/// @param spread empty list: none are wanted; absent: the operator's own
/// @param problems `path: what is wrong`, for a condition; what they name is left out
public record PodTemplate(
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Optional<Affinity> affinity,
        Optional<List<TopologySpreadConstraint>> spread,
        List<LocalObjectReference> imagePullSecrets,
        Optional<String> priorityClassName,
        List<String> problems) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "spec.deployment.podTemplate.";
    private static final Set<String> KEYS =
            Set.of(
                    "labels",
                    "annotations",
                    "nodeSelector",
                    "tolerations",
                    "affinity",
                    "topologySpreadConstraints",
                    "imagePullSecrets",
                    "priorityClassName");

    public static PodTemplate read(Map<String, Object> written) {
        Reading reading = new Reading(written, new ArrayList<>());
        TypeReference<Map<String, String>> texts = new TypeReference<>() {};
        PodTemplate read =
                new PodTemplate(
                        reading.of("labels", texts).orElse(Map.of()),
                        reading.of("annotations", texts).orElse(Map.of()),
                        reading.of("nodeSelector", texts).orElse(Map.of()),
                        reading.of("tolerations", new TypeReference<List<Toleration>>() {})
                                .orElse(List.of()),
                        reading.of("affinity", new TypeReference<>() {}),
                        reading.of("topologySpreadConstraints", new TypeReference<>() {}),
                        reading.of(
                                        "imagePullSecrets",
                                        new TypeReference<List<LocalObjectReference>>() {})
                                .orElse(List.of()),
                        reading.of("priorityClassName", new TypeReference<>() {}),
                        reading.problems());
        written.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> reading.problems().add(PATH + key + ": is not carried over"));
        return read;
    }

    private record Reading(Map<String, Object> written, List<String> problems) {
        <T> Optional<T> of(String key, TypeReference<T> type) {
            @Nullable Object value = written.get(key);
            if (value == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(JSON.convertValue(value, type));
            } catch (IllegalArgumentException _) {
                problems.add(PATH + key + ": is not what a Kubernetes pod has there");
                return Optional.empty();
            }
        }
    }
}

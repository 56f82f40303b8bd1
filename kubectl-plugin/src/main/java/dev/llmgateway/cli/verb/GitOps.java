package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Who brings an object back to what Git says. Pure.
public final class GitOps {
    private GitOps() {}

    /// `Argo CD` or `Flux`, by the marks they leave.
    public static Optional<String> manager(JsonNode object) {
        JsonNode labels = object.at("/metadata/labels");
        JsonNode annotations = object.at("/metadata/annotations");
        if (annotations.has("argocd.argoproj.io/tracking-id")
                || labels.has("argocd.argoproj.io/instance")) {
            return Optional.of("Argo CD");
        }
        boolean flux =
                labels.has("kustomize.toolkit.fluxcd.io/name")
                        || labels.has("helm.toolkit.fluxcd.io/name");
        return flux ? Optional.of("Flux") : Optional.empty();
    }
}

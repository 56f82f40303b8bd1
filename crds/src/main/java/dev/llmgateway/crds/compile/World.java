package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.manifest.ManifestSet;
import java.time.Instant;

/// What the objects refer to, and the time they are judged at.
record World(Namespaces namespaces, Secrets secrets, ConfigMaps configMaps, Instant now) {
    static World of(ManifestSet set, Instant now) {
        return new World(
                Namespaces.of(set),
                new Secrets(set.secrets()),
                new ConfigMaps(set.configMaps()),
                now);
    }
}

package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.cluster.Kubectl;
import dev.llmgateway.cli.folder.FolderObjects;
import dev.llmgateway.cli.place.Objects;

/// Where a verb works.
public sealed interface Place {
    Objects objects();

    /// A cluster.
    record Cluster(ClusterObjects objects, Kubectl kubectl) implements Place {}

    /// A folder of manifests.
    record Folder(FolderObjects objects) implements Place {}
}

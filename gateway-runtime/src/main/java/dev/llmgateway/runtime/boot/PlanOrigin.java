package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.ObjectRef;
import java.nio.file.Path;
import java.util.Optional;

/// Where the process gets its plans from.
sealed interface PlanOrigin {
    /// A folder of manifests, compiled in process.
    ///
    /// @param gateway which GatewayConfig of the folder to serve; empty: the only one
    record Folder(Path directory, String gateway) implements PlanOrigin {}

    /// The bundle of a gateway on the API server.
    ///
    /// @param mount where the bundle's objects are mounted, for a start without the API server
    record Watched(ObjectRef gateway, Optional<Path> mount) implements PlanOrigin {}

    /// The mounted objects of a gateway's bundle alone.
    record Mounted(ObjectRef gateway, Path mount) implements PlanOrigin {}
}

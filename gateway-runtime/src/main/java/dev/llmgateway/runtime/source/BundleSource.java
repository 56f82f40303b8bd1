package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.PlanPart;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Where the objects of a bundle can be read: the API server, or a mount.
interface BundleSource {
    /// The text of the index as it is now; empty: there is none.
    Optional<String> index() throws IOException;

    /// These parts, each checked against its line of the index.
    ///
    /// @throws IOException when one of them is not there or not the one that is meant
    Map<IndexedPart, PlanPart> parts(Collection<IndexedPart> wanted) throws IOException;
}

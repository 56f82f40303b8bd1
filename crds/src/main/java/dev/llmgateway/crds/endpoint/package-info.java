/// Calls identity providers' endpoints: the one room here that opens connections, so that operator,
/// standalone gateway and command line share one guard (docs/decisions/147). Imports `oauth`,
/// `plan` and `compile`.
@NullMarked
package dev.llmgateway.crds.endpoint;

import org.jspecify.annotations.NullMarked;

/// A deterministic provider inside the gateway, for quickstart, demos and tests. Imports
/// `transport`, `model` and `crds.plan`.
@NullMarked
package dev.llmgateway.runtime.upstream.simulated;

import org.jspecify.annotations.NullMarked;

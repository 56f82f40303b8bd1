/// The pure function from manifests to plans and diagnostics. Imports `manifest`, `api`, `plan`,
/// `catalog`, `oauth`.
@NullMarked
package dev.llmgateway.crds.compile;

import org.jspecify.annotations.NullMarked;

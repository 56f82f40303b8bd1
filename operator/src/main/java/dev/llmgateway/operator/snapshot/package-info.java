/// What the cluster holds now, compiled: informers to manifests to verdicts. Imports apply's labels
/// and filters only.
@NullMarked
package dev.llmgateway.operator.snapshot;

import org.jspecify.annotations.NullMarked;

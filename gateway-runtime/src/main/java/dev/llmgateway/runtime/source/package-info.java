/// Where plans come from: a folder of manifests, a watched or a mounted bundle. Imports `crds`,
/// `exchange`.
@NullMarked
package dev.llmgateway.runtime.source;

import org.jspecify.annotations.NullMarked;

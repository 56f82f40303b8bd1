/// What a pod asks of the API server: one ConfigMap, listed and watched, and Secrets by name.
/// Imports nothing of ours.
@NullMarked
package dev.llmgateway.runtime.source.kubernetes;

import org.jspecify.annotations.NullMarked;

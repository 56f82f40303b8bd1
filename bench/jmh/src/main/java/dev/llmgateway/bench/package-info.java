/// Benchmarks of parts of the gateway.
@NullMarked
package dev.llmgateway.bench;

import org.jspecify.annotations.NullMarked;

/// Quarkus wiring: leader election, metrics, health; the only room with Quarkus types.
@NullMarked
package dev.llmgateway.operator.app;

import org.jspecify.annotations.NullMarked;

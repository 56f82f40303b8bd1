/// Renders everything that points at a gateway into its bundle, and reports it.
@NullMarked
package dev.llmgateway.operator.gateway;

import org.jspecify.annotations.NullMarked;

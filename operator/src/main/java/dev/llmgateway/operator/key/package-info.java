/// Generates, rotates and reports GatewayKeys.
@NullMarked
package dev.llmgateway.operator.key;

import org.jspecify.annotations.NullMarked;

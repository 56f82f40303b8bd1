/// The operator on a real API server.
@NullMarked
package dev.llmgateway.operator.live;

import org.jspecify.annotations.NullMarked;

/// Facts to conditions, pure.
@NullMarked
package dev.llmgateway.operator.status;

import org.jspecify.annotations.NullMarked;

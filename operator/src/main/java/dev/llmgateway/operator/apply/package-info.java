/// Everything that is written to the API server, each in the way that suits it. Knows no
/// reconciler.
@NullMarked
package dev.llmgateway.operator.apply;

import org.jspecify.annotations.NullMarked;

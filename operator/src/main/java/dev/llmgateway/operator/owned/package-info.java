/// How what the operator writes is named, found again, and removed with what it belongs to.
@NullMarked
package dev.llmgateway.operator.owned;

import org.jspecify.annotations.NullMarked;

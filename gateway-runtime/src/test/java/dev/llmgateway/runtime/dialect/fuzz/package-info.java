/// Fuzzing of the dialects: any bytes in, valid JSON or a refusal out.
@NullMarked
package dev.llmgateway.runtime.dialect.fuzz;

import org.jspecify.annotations.NullMarked;

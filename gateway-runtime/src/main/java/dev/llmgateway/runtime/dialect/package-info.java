/// Wire formats: detection, errors, and reading what passes through. Imports `model`.
@NullMarked
package dev.llmgateway.runtime.dialect;

import org.jspecify.annotations.NullMarked;

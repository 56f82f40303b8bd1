/// Counters of keys and accounts. Imports `model`.
@NullMarked
package dev.llmgateway.runtime.usage;

import org.jspecify.annotations.NullMarked;

/// What all dialects share when one is translated into another: the interface, what is lost, the
/// order of a conversation. Imports `model`, `dialect.json` and `dialect.sse`.
@NullMarked
package dev.llmgateway.runtime.dialect.translation;

import org.jspecify.annotations.NullMarked;

/// OpenAI's legacy Completions, on top of the hub.
@NullMarked
package dev.llmgateway.runtime.dialect.completions;

import org.jspecify.annotations.NullMarked;

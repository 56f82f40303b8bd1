/// OpenAI's legacy completions: a prompt is a chat of one message. Imports `model`,
/// `dialect.translation`, `dialect.json` and `dialect.chat`, on which it stands.
@NullMarked
package dev.llmgateway.runtime.dialect.completions;

import org.jspecify.annotations.NullMarked;

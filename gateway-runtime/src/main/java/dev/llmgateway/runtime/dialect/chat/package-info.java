/// OpenAI's Chat Completions: requests and replies to and from the hub. Imports `model`,
/// `dialect.translation`, `dialect.json` and `dialect.sse`.
@NullMarked
package dev.llmgateway.runtime.dialect.chat;

import org.jspecify.annotations.NullMarked;

/// Anthropic's Messages: requests and replies to and from the hub. Imports `model`,
/// `dialect.translation`, `dialect.json` and `dialect.sse`.
@NullMarked
package dev.llmgateway.runtime.dialect.messages;

import org.jspecify.annotations.NullMarked;

/// OpenAI's Responses: requests and replies to and from the hub. Imports `model`,
/// `dialect.translation`, `dialect.json`, `dialect.sse` and `dialect.chat`, whose readers it
/// shares.
@NullMarked
package dev.llmgateway.runtime.dialect.responses;

import org.jspecify.annotations.NullMarked;

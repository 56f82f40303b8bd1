/// Providers: URLs, credentials, classified replies, and the simulated one. Imports `transport` and
/// `model`.
@NullMarked
package dev.llmgateway.runtime.upstream;

import org.jspecify.annotations.NullMarked;

/// The HTTP edge on both sides: framing, connections, pools, timers, TLS. Knows no LLM and imports
/// no room of ours; defines what it asks of the rest.
@NullMarked
package dev.llmgateway.runtime.transport;

import org.jspecify.annotations.NullMarked;

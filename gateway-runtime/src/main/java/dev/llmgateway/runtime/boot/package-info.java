/// Starts the process: arguments, wiring, life cycle. The only room that sees all others.
@NullMarked
package dev.llmgateway.runtime.boot;

import org.jspecify.annotations.NullMarked;

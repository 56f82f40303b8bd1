/// `kubectl llm-gateway`, also called `llm-gateway`: the list of verbs, and how the program begins
/// and ends.
@NullMarked
package dev.llmgateway.cli;

import org.jspecify.annotations.NullMarked;

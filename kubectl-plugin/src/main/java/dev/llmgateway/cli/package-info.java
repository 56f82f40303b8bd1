/// `kubectl llm-gateway`: the command line; each verb will be a package of its own.
@NullMarked
package dev.llmgateway.cli;

import org.jspecify.annotations.NullMarked;

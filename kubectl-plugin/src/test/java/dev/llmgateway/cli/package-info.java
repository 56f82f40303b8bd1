/// The program in this process, on folders and on a real API server.
@NullMarked
package dev.llmgateway.cli;

import org.jspecify.annotations.NullMarked;

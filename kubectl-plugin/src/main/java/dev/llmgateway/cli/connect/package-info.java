/// `connect`: how a client reaches a gateway. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.connect;

import org.jspecify.annotations.NullMarked;

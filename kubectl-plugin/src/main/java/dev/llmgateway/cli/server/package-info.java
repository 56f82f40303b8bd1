/// `server`: the gateway of a folder, and live facts of any gateway. Imports `verb` and what stands
/// below it.
@NullMarked
package dev.llmgateway.cli.server;

import org.jspecify.annotations.NullMarked;

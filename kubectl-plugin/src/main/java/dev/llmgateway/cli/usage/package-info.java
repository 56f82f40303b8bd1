/// `usage`: what was used, by the counters of the processes. Imports `verb` and what stands below
/// it.
@NullMarked
package dev.llmgateway.cli.usage;

import org.jspecify.annotations.NullMarked;

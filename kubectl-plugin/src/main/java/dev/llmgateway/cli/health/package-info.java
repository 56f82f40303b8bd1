/// `health`: probes with an exit code. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.health;

import org.jspecify.annotations.NullMarked;

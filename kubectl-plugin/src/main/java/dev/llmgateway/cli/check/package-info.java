/// `check`: the compile of manifests, for CI. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.check;

import org.jspecify.annotations.NullMarked;

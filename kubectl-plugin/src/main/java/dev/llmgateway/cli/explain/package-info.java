/// `explain`: who would serve a request, and why not the others. Imports `verb` and what stands
/// below it.
@NullMarked
package dev.llmgateway.cli.explain;

import org.jspecify.annotations.NullMarked;

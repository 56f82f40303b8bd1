/// `completion`: words for shells. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.completion;

import org.jspecify.annotations.NullMarked;

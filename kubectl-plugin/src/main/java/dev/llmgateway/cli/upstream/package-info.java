/// `upstream`: accounts of providers. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.upstream;

import org.jspecify.annotations.NullMarked;

/// `status`: everything on one screen. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.status;

import org.jspecify.annotations.NullMarked;

/// `diff`: what applying manifests would change in routing. Imports `verb` and what stands below
/// it.
@NullMarked
package dev.llmgateway.cli.diff;

import org.jspecify.annotations.NullMarked;

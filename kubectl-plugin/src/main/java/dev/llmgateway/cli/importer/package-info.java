/// `import`: the configuration of the earlier single-binary gateway as manifests. Imports `verb`
/// and what stands below it.
@NullMarked
package dev.llmgateway.cli.importer;

import org.jspecify.annotations.NullMarked;

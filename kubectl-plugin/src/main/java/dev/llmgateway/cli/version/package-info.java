/// `version`: of this program, the operator and the gateways. Imports `verb` and what stands below
/// it.
@NullMarked
package dev.llmgateway.cli.version;

import org.jspecify.annotations.NullMarked;

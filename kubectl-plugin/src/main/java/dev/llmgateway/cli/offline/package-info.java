/// Plans without a running gateway: objects of a cluster or files through the contract's compile,
/// and the routing of a plan. Imports the contract, `place`, `cluster` and `print`.
@NullMarked
package dev.llmgateway.cli.offline;

import org.jspecify.annotations.NullMarked;

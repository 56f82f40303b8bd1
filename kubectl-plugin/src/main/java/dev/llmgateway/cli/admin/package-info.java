/// Admin ports of running gateways: plain HTTP on loopback, or through a port-forward. Imports
/// `place` and `print`.
@NullMarked
package dev.llmgateway.cli.admin;

import org.jspecify.annotations.NullMarked;

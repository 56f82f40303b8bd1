/// A cluster, by `kubectl` as a child process: it does TLS, exec plugins and proxies. Imports
/// `place` and `print`.
@NullMarked
package dev.llmgateway.cli.cluster;

import org.jspecify.annotations.NullMarked;

/// `env`: proxies of gateways and accounts. Imports `verb` and what stands below it.
@NullMarked
package dev.llmgateway.cli.env;

import org.jspecify.annotations.NullMarked;

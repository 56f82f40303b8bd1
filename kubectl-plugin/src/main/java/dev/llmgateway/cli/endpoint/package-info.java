/// Calls identity providers' endpoints. Imports `crds` alone.
@NullMarked
package dev.llmgateway.cli.endpoint;

import org.jspecify.annotations.NullMarked;

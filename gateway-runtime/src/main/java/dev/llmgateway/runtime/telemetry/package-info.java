/// Access log and meters. Imports `model`.
@NullMarked
package dev.llmgateway.runtime.telemetry;

import org.jspecify.annotations.NullMarked;

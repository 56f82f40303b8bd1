/// The admin port: probes, metrics, introspection. Imports `exchange`.
@NullMarked
package dev.llmgateway.runtime.admin;

import org.jspecify.annotations.NullMarked;

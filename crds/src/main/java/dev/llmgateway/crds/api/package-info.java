/// Spec and value records: exactly what users write. Imports nothing of ours.
@NullMarked
package dev.llmgateway.crds.api;

import org.jspecify.annotations.NullMarked;

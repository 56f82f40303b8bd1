/// What is known of models: the built-in data file and its overrides. Imports `plan`.
@NullMarked
package dev.llmgateway.crds.catalog;

import org.jspecify.annotations.NullMarked;

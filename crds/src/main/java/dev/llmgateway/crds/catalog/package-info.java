/// What is known of models: the built-in data file and its overrides. Imports `plan`, and
/// `manifest` to read YAML.
@NullMarked
package dev.llmgateway.crds.catalog;

import org.jspecify.annotations.NullMarked;

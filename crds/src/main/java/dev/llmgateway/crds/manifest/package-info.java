/// YAML text to records, with the place each came from. Imports `api`.
@NullMarked
package dev.llmgateway.crds.manifest;

import org.jspecify.annotations.NullMarked;

/// Makes the CRDs from the records. Among the tests, since the generator has no business in the
/// jar.
@NullMarked
package dev.llmgateway.crds.schema;

import org.jspecify.annotations.NullMarked;

/// One request's story, from head to settlement. Imports every leaf room and `transport`.
@NullMarked
package dev.llmgateway.runtime.exchange;

import org.jspecify.annotations.NullMarked;

/// Which accounts may serve a request, in which order and why. Pure; imports `model`.
@NullMarked
package dev.llmgateway.runtime.routing;

import org.jspecify.annotations.NullMarked;

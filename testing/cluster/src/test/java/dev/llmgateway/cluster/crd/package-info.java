/// The CRDs of the chart on a real API server.
@NullMarked
package dev.llmgateway.cluster.crd;

import org.jspecify.annotations.NullMarked;

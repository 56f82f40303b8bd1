/// A real Kubernetes for tests: JUnit extensions that share one cluster per JVM. Imports Fabric8,
/// JUnit and fixtures.
@NullMarked
package dev.llmgateway.cluster;

import org.jspecify.annotations.NullMarked;

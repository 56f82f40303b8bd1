/// The three kinds as Kubernetes resources and their status records. Imports `api`.
@NullMarked
package dev.llmgateway.crds.resource;

import org.jspecify.annotations.NullMarked;

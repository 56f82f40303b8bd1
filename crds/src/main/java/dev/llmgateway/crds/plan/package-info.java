/// What a gateway runs: the compiled, secret-free plan and its JSON form. Imports nothing of ours.
@NullMarked
package dev.llmgateway.crds.plan;

import org.jspecify.annotations.NullMarked;

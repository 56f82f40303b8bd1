/// What the cluster should hold for a gateway: one pure function per owned object, without a
/// client.
@NullMarked
package dev.llmgateway.operator.desired;

import org.jspecify.annotations.NullMarked;

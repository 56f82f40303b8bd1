/// The hub: shared values of all rooms. Plain Java, imports nothing of ours but `crds.plan`.
@NullMarked
package dev.llmgateway.runtime.model;

import org.jspecify.annotations.NullMarked;

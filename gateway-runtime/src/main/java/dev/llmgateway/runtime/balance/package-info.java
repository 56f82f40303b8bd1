/// Which of the candidates serves now, by health, room, affinity and strategy. Plain Java; imports
/// `model`.
@NullMarked
package dev.llmgateway.runtime.balance;

import org.jspecify.annotations.NullMarked;

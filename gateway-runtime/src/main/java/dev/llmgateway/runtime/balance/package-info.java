/// Which of the candidates serves now. Plain Java; imports `model`.
@NullMarked
package dev.llmgateway.runtime.balance;

import org.jspecify.annotations.NullMarked;

/// Who may ask for what: keys, access, permissions. Plain Java; imports `model`.
@NullMarked
package dev.llmgateway.runtime.admission;

import org.jspecify.annotations.NullMarked;

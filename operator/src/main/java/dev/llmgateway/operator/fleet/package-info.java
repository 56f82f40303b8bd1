/// What the pods of a gateway tell on their admin ports: followed by long polls, merged into views.
@NullMarked
package dev.llmgateway.operator.fleet;

import org.jspecify.annotations.NullMarked;

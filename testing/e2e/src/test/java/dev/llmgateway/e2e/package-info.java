/// The packaged programs used as people use them: official SDKs, curl, edits in a folder, signals.
@NullMarked
package dev.llmgateway.e2e;

import org.jspecify.annotations.NullMarked;

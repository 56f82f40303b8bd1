/// JSON on bytes: a resumable validating scanner and splices. Imports nothing of ours.
@NullMarked
package dev.llmgateway.runtime.dialect.json;

import org.jspecify.annotations.NullMarked;

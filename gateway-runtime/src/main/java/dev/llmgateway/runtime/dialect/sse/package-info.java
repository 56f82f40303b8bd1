/// Server-sent events on bytes: framing that resumes at every byte. Imports nothing of ours.
@NullMarked
package dev.llmgateway.runtime.dialect.sse;

import org.jspecify.annotations.NullMarked;

/// Keeps the tokens of a folder's accounts fresh: one refresh for all processes of the folder. May
/// import what `source` may.
@NullMarked
package dev.llmgateway.runtime.source.oauth;

import org.jspecify.annotations.NullMarked;

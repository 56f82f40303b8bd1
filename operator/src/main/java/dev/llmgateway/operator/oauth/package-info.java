/// Keeps the tokens of OAuth accounts alive: sign-ins, refreshes under a claim, sign-outs; on the
/// leader alone.
@NullMarked
package dev.llmgateway.operator.oauth;

import org.jspecify.annotations.NullMarked;

/// `oauth start|status|refresh|logout`: signing in to accounts, on a cluster through the operator,
/// on a folder by itself.
@NullMarked
package dev.llmgateway.cli.oauth;

import org.jspecify.annotations.NullMarked;

package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.compile.SignIn;

/// An account that signs in.
///
/// @param version resourceVersion of its token Secret; empty: there is none that is released
public record OAuthAccount(SignIn signIn, String version) {}

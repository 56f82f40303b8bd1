package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.ObjectRef;

/// How tokens of one OAuth account are asked for, whether or not it has any yet.
///
/// @param uid identity of the account
/// @param egress how its identity provider is reached: as its upstream is
/// @param secret name of its token Secret, in its own namespace
public record SignIn(
        ObjectRef account, String uid, OAuthSettings settings, EgressPlan egress, String secret) {}

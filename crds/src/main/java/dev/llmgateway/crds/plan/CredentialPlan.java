package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How an account authenticates upstream.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CredentialPlan.ApiKey.class, name = "ApiKey"),
    @JsonSubTypes.Type(value = CredentialPlan.OAuth.class, name = "OAuth"),
    @JsonSubTypes.Type(value = CredentialPlan.Passthrough.class, name = "Passthrough"),
    @JsonSubTypes.Type(value = CredentialPlan.Anonymous.class, name = "Anonymous")
})
public sealed interface CredentialPlan {
    /// A static key, sent in `header`.
    record ApiKey(CredentialRef ref, Header header) implements CredentialPlan {}

    /// The Secret's access token, sent as Bearer; `profile` is `Anthropic`, `Qwen` or `Custom`.
    record OAuth(CredentialRef accessToken, String profile) implements CredentialPlan {}

    /// The caller's own provider credential is forwarded.
    record Passthrough() implements CredentialPlan {}

    /// No credential: local servers, and `Simulated`.
    record Anonymous() implements CredentialPlan {}

    /// `ByVersion`: `x-api-key`, or Bearer from `anthropic-version: 2026-10-21` on (translation.md
    /// 1.5).
    enum Header {
        XApiKey,
        Bearer,
        ApiKey,
        ByVersion
    }
}

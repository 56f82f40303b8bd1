package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

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

    /// The Secret's access token, sent as Bearer.
    ///
    /// @param profile `Anthropic`, `Qwen` or `Custom`
    /// @param resourceHosts where the provider may move the account to with a token: `host` or
    ///   `*.suffix`; empty: nowhere
    record OAuth(CredentialRef accessToken, String profile, List<String> resourceHosts)
            implements CredentialPlan {
        public OAuth {
            resourceHosts = resourceHosts == null ? List.of() : List.copyOf(resourceHosts);
        }

        /// Where the provider moved the account to: a value beside the token, so that a refresh
        /// changes no plan. It may be missing.
        public CredentialRef resourceURL() {
            return new CredentialRef(accessToken.namespace(), accessToken.secret(), "resource-url");
        }

        /// The base URL that value stands for; empty: it leads to a host that is not listed.
        public Optional<String> baseURL(String resourceURL) {
            return ResourceHosts.baseURL(resourceURL, resourceHosts);
        }
    }

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

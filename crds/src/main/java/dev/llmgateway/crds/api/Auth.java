package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an account authenticates; exactly one member.
@ValidationRule(
        value =
                "[has(self.apiKey), has(self.oauth), has(self.passthrough), has(self.none)].filter(x, x).size() == 1",
        message = "exactly one of apiKey, oauth, passthrough, none")
public record Auth(
        @JsonPropertyDescription("A static key from a Secret. Default: none.")
                @Nullable ApiKey apiKey,
        @JsonPropertyDescription("OAuth tokens that the operator keeps fresh. Default: none.")
                @Nullable OAuth oauth,
        @JsonPropertyDescription(
                        "Write {}: the caller's own provider credential is forwarded. Default: none.")
                @Nullable Passthrough passthrough,
        @JsonPropertyDescription("Write {}: no credential, for local servers. Default: none.")
                @Nullable None none) {

    /// A static key.
    public record ApiKey(
            @Required @JsonPropertyDescription("Secret key that holds the credential. Required.")
                    SecretKeyRef secretRef,
            @JsonPropertyDescription(
                            "How it is sent: XApiKey (x-api-key), Bearer (authorization) or ApiKey (api-key). Default: by provider.")
                    @Nullable Header header) {}

    /// The header that carries a static key.
    public enum Header {
        XApiKey,
        Bearer,
        ApiKey
    }

    /// Forwards the caller's credential.
    public record Passthrough() {}

    /// Sends no credential.
    public record None() {}

    /// An OAuth login.
    @ValidationRule(
            value =
                    "self.profile != 'Custom' || (has(self.overrides) && has(self.overrides.tokenURL))",
            message = "profile Custom needs overrides.tokenURL")
    public record OAuth(
            @Required
                    @JsonPropertyDescription(
                            "Secret that the operator writes the tokens to; never from Git. Required.")
                    SecretRef secretRef,
            @Required
                    @JsonPropertyDescription(
                            "Sign-in dialect: Anthropic, Qwen or Custom (needs overrides.tokenURL). Required.")
                    OAuthProfile profile,
            @JsonPropertyDescription(
                            "AuthorizationCode, DeviceCode, RefreshToken or ClientCredentials. Default: by profile.")
                    @Nullable Grant grant,
            @Size(max = 253)
                    @JsonPropertyDescription(
                            "OAuth client id. Default: the gateway's oauthClients entry of this profile. At most 253 characters.")
                    @Nullable String clientID,
            @JsonPropertyDescription("Secret key that holds the client secret. Default: none.")
                    @Nullable SecretKeyRef clientSecretRef,
            @JsonPropertyDescription("URLs and scopes instead of the profile's. Default: none.")
                    @Nullable Overrides overrides,
            @DurationText
                    @Default("10m")
                    @ValidationRule(
                            value =
                                    "duration(self) >= duration('1m') && duration(self) <= duration('1h')",
                            message = "must be 1m to 1h")
                    @JsonPropertyDescription(
                            "How long before its end a token is refreshed. Duration. Default: 10m. Range: 1m-1h.")
                    String refreshBefore) {
        public OAuth {
            refreshBefore = Defaults.or(refreshBefore, "10m");
        }
    }

    /// How tokens are first obtained.
    public enum Grant {
        AuthorizationCode,
        DeviceCode,
        RefreshToken,
        ClientCredentials
    }

    /// What differs from the profile.
    public record Overrides(
            @HttpUrl
                    @JsonPropertyDescription(
                            "Where a person signs in, http(s) URL. Default: the profile's. At most 2048 characters.")
                    @Nullable String authorizeURL,
            @HttpUrl
                    @JsonPropertyDescription(
                            "Where a device code is asked for, http(s) URL. Default: the profile's. At most 2048 characters.")
                    @Nullable String deviceURL,
            @HttpUrl
                    @JsonPropertyDescription(
                            "Where tokens are asked for, http(s) URL. Default: the profile's; required for Custom. At most 2048 characters.")
                    @Nullable String tokenURL,
            @HttpUrl
                    @JsonPropertyDescription(
                            "Where tokens are revoked, http(s) URL. Default: the profile's. At most 2048 characters.")
                    @Nullable String revocationURL,
            @HttpUrl
                    @JsonPropertyDescription(
                            "Where the sign-in page returns to, http(s) URL. Default: the profile's. At most 2048 characters.")
                    @Nullable String redirectURI,
            @Size(max = 32)
                    @JsonPropertyDescription(
                            "Scopes asked for. Default: the profile's. At most 32, each at most 253 characters.")
                    List<@Size(max = 253) String> scopes) {
        public Overrides {
            scopes = Defaults.list(scopes);
        }
    }
}

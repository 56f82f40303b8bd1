package dev.llmgateway.crds.api;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// How an account authenticates; exactly one member.
@ValidationRule(
        value =
                "[has(self.apiKey), has(self.oauth), has(self.passthrough), has(self.none)].filter(x, x).size() == 1",
        message = "exactly one of apiKey, oauth, passthrough, none")
public record Auth(ApiKey apiKey, OAuth oauth, Passthrough passthrough, None none) {
    public record ApiKey(@Required SecretKeyRef secretRef, Header header) {}

    public enum Header {
        XApiKey,
        Bearer,
        ApiKey
    }

    public record Passthrough() {}

    public record None() {}

    @ValidationRule(
            value =
                    "self.profile != 'Custom' || (has(self.overrides) && has(self.overrides.tokenURL))",
            message = "profile Custom needs overrides.tokenURL")
    public record OAuth(
            @Required SecretRef secretRef,
            @Required OAuthProfile profile,
            Grant grant,
            @Size(max = 253) String clientID,
            SecretKeyRef clientSecretRef,
            Overrides overrides,
            @DurationText
                    @Default("10m")
                    @ValidationRule(
                            value =
                                    "duration(self) >= duration('1m') && duration(self) <= duration('1h')",
                            message = "must be 1m to 1h")
                    String refreshBefore) {}

    public enum Grant {
        AuthorizationCode,
        DeviceCode,
        RefreshToken,
        ClientCredentials
    }

    public record Overrides(
            @HttpUrl String authorizeURL,
            @HttpUrl String deviceURL,
            @HttpUrl String tokenURL,
            @HttpUrl String revocationURL,
            @HttpUrl String redirectURI,
            @Size(max = 32) List<@Size(max = 253) String> scopes) {}
}

package dev.llmgateway.crds.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.OAuthProfile;
import dev.llmgateway.crds.api.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accounts as people write them.
final class Settings {
    private Settings() {}

    static OAuthSettings of(OAuthProfile profile) {
        return complete(account(profile, null, "client-1", null));
    }

    static OAuthSettings complete(Auth.OAuth oauth) {
        return switch (OAuthSettings.read(oauth, List.of())) {
            case OAuthSettings.Reading.Complete(var settings) -> settings;
            case OAuthSettings.Reading.Missing missing ->
                    throw new AssertionError(missing.toString());
        };
    }

    static Auth.OAuth account(
            OAuthProfile profile,
            Auth.@Nullable Grant grant,
            @Nullable String clientID,
            Auth.@Nullable Overrides overrides) {
        return new Auth.OAuth(
                new SecretRef("tokens"), profile, grant, clientID, null, overrides, "10m");
    }

    static Auth.Overrides tokenURL(String url) {
        return new Auth.Overrides(null, null, url, null, null, List.of());
    }
}

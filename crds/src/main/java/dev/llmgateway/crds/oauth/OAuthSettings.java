package dev.llmgateway.crds.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.OAuthProfile;
import dev.llmgateway.crds.api.SecretKeyRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one account signs in: its own fields over the profile's.
///
/// @param clientID never empty
/// @param refreshBefore how long before its end a token is refreshed, 1 minute to 1 hour
public record OAuthSettings(
        OAuthProfile profile,
        Auth.Grant grant,
        String clientID,
        Optional<SecretKeyRef> clientSecret,
        Endpoints endpoints,
        List<String> scopes,
        Map<String, String> authorizeParameters,
        List<String> resourceHosts,
        Duration refreshBefore) {
    public OAuthSettings {
        scopes = List.copyOf(scopes);
        authorizeParameters = Map.copyOf(authorizeParameters);
        resourceHosts = List.copyOf(resourceHosts);
    }

    /// Empty texts: the provider has no such endpoint.
    ///
    /// @param authorize where a person signs in
    /// @param redirect where the sign-in page returns to; empty: a listener on the loopback
    ///   interface
    public record Endpoints(
            String authorize, String device, String token, String revocation, String redirect) {}

    /// What came of reading an account.
    public sealed interface Reading {
        /// It can sign in.
        record Complete(OAuthSettings settings) implements Reading {}

        /// Something is missing.
        ///
        /// @param path below the account's `spec.auth.oauth`
        record Missing(String path, String message) implements Reading {}
    }

    /// @param clients the gateway's client ids, for accounts that name none
    public static Reading read(Auth.OAuth oauth, List<GatewayConfigSpec.OAuthClient> clients) {
        ProfileData profile = ProfileData.of(oauth.profile());
        Optional<String> client = client(oauth, clients);
        if (client.isEmpty()) {
            return new Reading.Missing(
                    "clientID",
                    "no OAuth client is built in; name one here or for profile "
                            + oauth.profile()
                            + " in the GatewayConfig's spec.oauthClients");
        }
        OAuthSettings settings = of(oauth, profile, client.get());
        return settings.missingEndpoint()
                .<Reading>map(field ->
                        new Reading.Missing(
                                "overrides." + field,
                                "grant " + settings.grant() + " needs it and the profile has none"))
                .orElseGet(() -> new Reading.Complete(settings));
    }

    private static Optional<String> client(
            Auth.OAuth oauth, List<GatewayConfigSpec.OAuthClient> clients) {
        if (oauth.clientID() != null && !oauth.clientID().isEmpty()) {
            return Optional.of(oauth.clientID());
        }
        return clients.stream()
                .filter(client -> client.profile() == oauth.profile())
                .map(GatewayConfigSpec.OAuthClient::clientID)
                .findFirst();
    }

    private static OAuthSettings of(Auth.OAuth oauth, ProfileData profile, String client) {
        Auth.Overrides own =
                oauth.overrides() == null
                        ? new Auth.Overrides(null, null, null, null, null, List.of())
                        : oauth.overrides();
        return new OAuthSettings(
                oauth.profile(),
                oauth.grant() == null ? profile.grant() : oauth.grant(),
                client,
                Optional.ofNullable(oauth.clientSecretRef()),
                new Endpoints(
                        either(own.authorizeURL(), profile.authorizeURL()),
                        either(own.deviceURL(), profile.deviceURL()),
                        either(own.tokenURL(), profile.tokenURL()),
                        either(own.revocationURL(), profile.revocationURL()),
                        either(own.redirectURI(), profile.redirectURI())),
                own.scopes().isEmpty() ? profile.scopes() : own.scopes(),
                profile.authorizeParameters(),
                resourceHosts(oauth),
                Duration.ofMillis(Durations.millis(oauth.refreshBefore())));
    }

    private static String either(@Nullable String own, @Nullable String profile) {
        return own != null ? own : profile == null ? "" : profile;
    }

    /// Where a token answer may move the account's base URL to: the profile's hosts, and that of an
    /// own token endpoint.
    public static List<String> resourceHosts(Auth.OAuth oauth) {
        List<String> hosts = new ArrayList<>(ProfileData.of(oauth.profile()).resourceHosts());
        String own = oauth.overrides() == null ? null : oauth.overrides().tokenURL();
        if (own != null && !hosts.isEmpty()) {
            hosts.addAll(host(own).stream().toList());
        }
        return hosts;
    }

    private static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(new URI(url).getHost());
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private Optional<String> missingEndpoint() {
        List<String> missing = new ArrayList<>();
        if (endpoints.token().isEmpty()) {
            missing.add("tokenURL");
        }
        if (grant == Auth.Grant.AuthorizationCode && endpoints.authorize().isEmpty()) {
            missing.add("authorizeURL");
        }
        if (grant == Auth.Grant.DeviceCode && endpoints.device().isEmpty()) {
            missing.add("deviceURL");
        }
        return missing.stream().findFirst();
    }
}

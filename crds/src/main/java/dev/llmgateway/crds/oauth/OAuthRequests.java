package dev.llmgateway.crds.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// What is asked of an identity provider for one account (RFC 6749, 7009, 7636, 8628).
///
/// @param clientSecret sent as Basic; empty: a public client, which names itself in the body
public record OAuthRequests(OAuthSettings settings, Optional<String> clientSecret) {
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /// Address of the page where a person signs in.
    ///
    /// @param redirect where it returns to: the profile's, or that of a listener
    public String signInPage(Pkce pkce, String state, String redirect) {
        Form.Parameters parameters = new Form.Parameters();
        settings.authorizeParameters().forEach(parameters::with);
        parameters
                .with("response_type", "code")
                .with("client_id", settings.clientID())
                .unlessEmpty("redirect_uri", redirect)
                .unlessEmpty("scope", scope())
                .with("code_challenge", pkce.challenge())
                .with("code_challenge_method", "S256")
                .with("state", state);
        String page = settings.endpoints().authorize();
        return page + (page.contains("?") ? "&" : "?") + parameters.text();
    }

    /// Redeems the code of a sign-in.
    ///
    /// @param state of that sign-in; Anthropic asks for it, others ignore it; empty: not sent
    public Form code(String code, String verifier, String redirect, String state) {
        return token(
                grant("authorization_code")
                        .with("code", code)
                        .with("code_verifier", verifier)
                        .unlessEmpty("redirect_uri", redirect)
                        .unlessEmpty("state", state));
    }

    public Form refresh(String refreshToken) {
        return token(grant("refresh_token").with("refresh_token", refreshToken));
    }

    public Form clientCredentials() {
        return token(grant("client_credentials").unlessEmpty("scope", scope()));
    }

    /// Asks for a device code.
    public Form device(Pkce pkce) {
        return form(
                settings.endpoints().device(),
                new Form.Parameters()
                        .unlessEmpty("scope", scope())
                        .with("code_challenge", pkce.challenge())
                        .with("code_challenge_method", "S256"));
    }

    /// Asks whether the person has signed in by now.
    public Form poll(String deviceCode, String verifier) {
        return token(
                grant(DEVICE_GRANT)
                        .with("device_code", deviceCode)
                        .with("code_verifier", verifier));
    }

    /// Empty: the provider has no revocation endpoint.
    public Optional<Form> revoke(String token) {
        String url = settings.endpoints().revocation();
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        form(
                                url,
                                new Form.Parameters()
                                        .with("token", token)
                                        .with("token_type_hint", "refresh_token")));
    }

    private static Form.Parameters grant(String type) {
        return new Form.Parameters().with("grant_type", type);
    }

    private Form token(Form.Parameters parameters) {
        return form(settings.endpoints().token(), parameters);
    }

    private Form form(String url, Form.Parameters parameters) {
        return clientSecret
                .map(secret -> new Form(url, Optional.of(basic(secret)), parameters.text()))
                .orElseGet(() ->
                        new Form(
                                url,
                                Optional.empty(),
                                parameters.with("client_id", settings.clientID()).text()));
    }

    private String basic(String secret) {
        String pair = Form.encode(settings.clientID()) + ":" + Form.encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String scope() {
        return String.join(" ", settings.scopes());
    }

    @Override
    public String toString() {
        return "OAuthRequests[" + settings.profile() + "]";
    }
}

package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an account authenticates, and whether its Secret is fit for it.
final class CredentialCompiler {
    /// Key of a token Secret that the gateway's pods may see (spec/oauth.md).
    private static final String ACCESS_TOKEN = "access-token";

    private static final String OAUTH = "spec.auth.oauth.";

    private CredentialCompiler() {}

    /// Empty: no usable credential, and why is in the findings.
    static Optional<CredentialPlan> compile(
            Subject<UpstreamAccountSpec> account, GatewayDraft gateway, Secrets secrets) {
        Auth auth = account.spec().auth();
        if (auth == null || auth.none() != null) {
            return Optional.of(new CredentialPlan.Anonymous());
        }
        if (auth.passthrough() != null) {
            return Optional.of(new CredentialPlan.Passthrough());
        }
        if (auth.apiKey() != null) {
            return apiKey(auth.apiKey(), account, secrets);
        }
        return auth.oauth() == null
                ? Optional.empty()
                : oauth(auth.oauth(), account, gateway, secrets);
    }

    private static Optional<CredentialPlan> apiKey(
            Auth.ApiKey apiKey, Subject<UpstreamAccountSpec> account, Secrets secrets) {
        CredentialRef ref =
                new CredentialRef(
                        account.namespace(), apiKey.secretRef().name(), apiKey.secretRef().key());
        CredentialPlan.Header header =
                apiKey.header() == null
                        ? ProviderDefaults.of(account.spec().provider()).header()
                        : header(apiKey.header());
        return secrets.credential(ref, "spec.auth.apiKey.secretRef", account.findings())
                .map(usable -> new CredentialPlan.ApiKey(usable, header));
    }

    private static CredentialPlan.Header header(Auth.Header header) {
        return switch (header) {
            case XApiKey -> CredentialPlan.Header.XApiKey;
            case Bearer -> CredentialPlan.Header.Bearer;
            case ApiKey -> CredentialPlan.Header.ApiKey;
        };
    }

    private static Optional<CredentialPlan> oauth(
            Auth.OAuth oauth,
            Subject<UpstreamAccountSpec> account,
            GatewayDraft gateway,
            Secrets secrets) {
        if (oauth.overrides() != null) {
            checkEndpoints(oauth.overrides(), gateway.addressRules(), account.findings());
        }
        if (OAuthSettings.read(oauth, gateway.spec().oauthClients())
                instanceof OAuthSettings.Reading.Missing(var path, var message)) {
            // A token that was put there by hand serves all the same.
            account.findings().warning(Reason.UnsupportedValue, OAUTH + path, message);
        }
        CredentialRef ref =
                new CredentialRef(account.namespace(), oauth.secretRef().name(), ACCESS_TOKEN);
        return secrets.credential(ref, OAUTH + "secretRef", account.findings())
                .map(token ->
                        new CredentialPlan.OAuth(
                                token, oauth.profile().name(), OAuthSettings.resourceHosts(oauth)));
    }

    /// The endpoints this side calls; a browser calls the others.
    private static void checkEndpoints(
            Auth.Overrides overrides, AddressRules addresses, Findings findings) {
        checkEndpoint("deviceURL", overrides.deviceURL(), addresses, findings);
        checkEndpoint("tokenURL", overrides.tokenURL(), addresses, findings);
        checkEndpoint("revocationURL", overrides.revocationURL(), addresses, findings);
    }

    private static void checkEndpoint(
            String field, @Nullable String url, AddressRules addresses, Findings findings) {
        if (url != null) {
            addresses
                    .refuse(url)
                    .ifPresent(why -> findings.unsupported(OAUTH + "overrides." + field, why));
        }
    }
}

package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import java.util.Optional;

/// How an account authenticates, and whether its Secret is fit for it.
final class CredentialCompiler {
    /// Key of a token Secret that the gateway's pods may see (spec/oauth.md).
    private static final String ACCESS_TOKEN = "access-token";

    private CredentialCompiler() {}

    /// Empty: no usable credential, and why is in the findings.
    static Optional<CredentialPlan> compile(Subject<UpstreamAccountSpec> account, Secrets secrets) {
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
        return auth.oauth() == null ? Optional.empty() : oauth(auth.oauth(), account, secrets);
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
            Auth.OAuth oauth, Subject<UpstreamAccountSpec> account, Secrets secrets) {
        CredentialRef ref =
                new CredentialRef(account.namespace(), oauth.secretRef().name(), ACCESS_TOKEN);
        return secrets.credential(ref, "spec.auth.oauth.secretRef", account.findings())
                .map(token ->
                        new CredentialPlan.OAuth(
                                token, oauth.profile().name(), OAuthSettings.resourceHosts(oauth)));
    }
}

package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.plan.EgressPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an OAuth account comes by its tokens.
final class SignInCompiler {
    private static final String OAUTH = "spec.auth.oauth.";

    private SignInCompiler() {}

    /// Empty: it is none, or something is wrong with it that is in the findings.
    static Optional<SignIn> compile(
            Subject<UpstreamAccountSpec> account, GatewayDraft gateway, EgressPlan egress) {
        Auth auth = account.spec().auth();
        Auth.OAuth oauth = auth == null ? null : auth.oauth();
        if (oauth == null) {
            return Optional.empty();
        }
        if (oauth.overrides() != null) {
            checkEndpoints(oauth.overrides(), gateway.addressRules(), account.findings());
        }
        return switch (OAuthSettings.read(oauth, gateway.spec().oauthClients())) {
            case OAuthSettings.Reading.Missing(var path, var message) -> {
                // A token that was put there by hand serves all the same.
                account.findings().warning(Reason.UnsupportedValue, OAUTH + path, message);
                yield Optional.empty();
            }
            case OAuthSettings.Reading.Complete(var settings) ->
                    account.findings().failed()
                            ? Optional.empty()
                            : Optional.of(
                                    new SignIn(
                                            account.ref(),
                                            account.manifest().uid(),
                                            settings,
                                            egress,
                                            oauth.secretRef().name()));
        };
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

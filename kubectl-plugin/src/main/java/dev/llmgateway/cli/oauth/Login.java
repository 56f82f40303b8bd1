package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;

/// A sign-in from its begin to its result, in the way that the account's grant asks for.
public final class Login {
    private Login() {}

    /// @param name of an account that is there
    public static ExitCode run(Session session, String name, LoginOptions options) {
        boolean local = options.local() || session.place() instanceof Place.Folder;
        OAuthAccount account = OAuthAccount.of(session, name);
        return switch (account.settings().grant()) {
            case AuthorizationCode -> new CodeLogin(session, account, options).run(local);
            case DeviceCode ->
                    session.place() instanceof Place.Cluster(var objects, _) && !local
                            ? new OperatorLogin(session, objects, account, options).device()
                            : new DeviceLogin(session, account, options).run();
            case RefreshToken, ClientCredentials ->
                    session.place() instanceof Place.Cluster(var objects, _)
                            ? new OperatorLogin(session, objects, account, options).unattended()
                            : unattended(session, account);
        };
    }

    private static ExitCode unattended(Session session, OAuthAccount account) {
        session.say("noSignInOnFolder", account.name(), account.settings().grant());
        return ExitCode.OK;
    }
}

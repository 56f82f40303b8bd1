package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthRequests;
import dev.llmgateway.crds.oauth.Pkce;
import dev.llmgateway.crds.oauth.SignInAnswer;
import java.util.Optional;

/// A sign-in in a browser that ends with a code: caught by a listener where the redirect leads to
/// this machine, else pasted. Nobody but this process knows the verifier, so the code is of no use
/// to whoever else sees it.
final class CodeLogin {
    private static final int STATE_BYTES = 16;

    private final Session session;
    private final OAuthAccount account;
    private final LoginOptions options;

    CodeLogin(Session session, OAuthAccount account, LoginOptions options) {
        this.session = session;
        this.account = account;
        this.options = options;
    }

    /// @param local whether this machine redeems the code
    ExitCode run(boolean local) {
        LoginGrant.Proof.Code code = signIn();
        if (session.place() instanceof Place.Cluster(var objects, _) && !local) {
            return new OperatorLogin(session, objects, account, options).redeem(code);
        }
        LocalExchange exchange = LocalExchange.of(session, account);
        return exchange.keep(exchange.redeem(code), options);
    }

    private LoginGrant.Proof.Code signIn() {
        String configured = account.settings().endpoints().redirect();
        String state = Pkce.state(random(STATE_BYTES));
        String authorize = account.settings().endpoints().authorize();
        Answers answers = new Answers(session, state, authorize);
        if (!Loopback.serves(configured, authorize)) {
            return ask(answers, configured, true);
        }
        try (Loopback loopback = Loopback.listen(configured, answers)) {
            return ask(answers, loopback.redirect(), false);
        }
    }

    /// @param redirect where the page returns to
    /// @param paste whether only a person can bring the code
    private LoginGrant.Proof.Code ask(Answers answers, String redirect, boolean paste) {
        Pkce pkce = Pkce.of(random(Pkce.BYTES));
        String page =
                new OAuthRequests(account.settings(), Optional.empty())
                        .signInPage(pkce, answers.state(), redirect);
        boolean opened = options.browser() && Browser.open(session.surroundings(), page);
        session.say(opened ? "signInOpened" : "signInAt", account.name(), page);
        session.say(paste ? "pasteCode" : "waitForCode");
        answers.readPasted(paste);
        String code = code(answers.await(options.patience()));
        return new LoginGrant.Proof.Code(code, pkce.verifier(), redirect, answers.state());
    }

    private String code(SignInAnswer answer) {
        return switch (answer) {
            case SignInAnswer.Code(String code) -> code;
            case SignInAnswer.WrongState _ ->
                    throw new Failure(ExitCode.FAILURE, "wrongState", account.name());
            case SignInAnswer.WrongIssuer(String issuer) ->
                    throw new Failure(ExitCode.FAILURE, "wrongIssuer", issuer, account.name());
            case SignInAnswer.Denied(String error) ->
                    throw new Failure(ExitCode.FAILURE, "signInDenied", error, account.name());
            case SignInAnswer.Unreadable _ ->
                    throw new Failure(ExitCode.FAILURE, "noCode", account.name());
        };
    }

    private byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        session.surroundings().random().get().nextBytes(random);
        return random;
    }
}

package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Progress;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.oauth.DeviceAnswer;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.Pkce;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenAnswer;
import java.time.Duration;
import java.util.Optional;

/// A sign-in by device code that this machine asks for (RFC 8628).
final class DeviceLogin {
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Session session;
    private final OAuthAccount account;
    private final LoginOptions options;

    DeviceLogin(Session session, OAuthAccount account, LoginOptions options) {
        this.session = session;
        this.account = account;
        this.options = options;
    }

    ExitCode run() {
        LocalExchange exchange = LocalExchange.of(session, account);
        byte[] random = new byte[Pkce.BYTES];
        session.surroundings().random().get().nextBytes(random);
        Pkce pkce = Pkce.of(random);
        return switch (exchange.endpoints().device(exchange.requests().device(pkce))) {
            case DeviceAnswer.Begun begun -> {
                DeviceInvitation.show(
                        session,
                        account.name(),
                        begun.verificationURL(),
                        begun.userCode(),
                        options);
                yield exchange.keep(poll(exchange, begun, pkce), options);
            }
            case DeviceAnswer.Failed(String why, _) ->
                    throw new Failure(
                            ExitCode.FAILURE,
                            "endpointFailed",
                            account.settings().endpoints().device(),
                            why);
        };
    }

    private StoredTokens poll(LocalExchange exchange, DeviceAnswer.Begun begun, Pkce pkce) {
        Duration patience =
                begun.expiresIn().compareTo(options.patience()) < 0
                        ? begun.expiresIn()
                        : options.patience();
        Polls polls =
                new Polls(
                        exchange,
                        exchange.requests().poll(begun.deviceCode(), pkce.verifier()),
                        begun.interval());
        return new Progress(session)
                .until(
                        patience,
                        LOOK,
                        () -> session.text("waitingForPerson", begun.userCode()),
                        () -> polls.next().flatMap(this::tokens));
    }

    /// Questions to the token endpoint, no more often than it permits.
    private static final class Polls {
        private final LocalExchange exchange;
        private final Form form;
        private Duration interval;
        private long next;

        Polls(LocalExchange exchange, Form form, Duration interval) {
            this.exchange = exchange;
            this.form = form;
            this.interval = interval;
            this.next = System.nanoTime() + interval.toNanos();
        }

        /// Empty: it is not time yet.
        Optional<TokenAnswer> next() {
            if (System.nanoTime() - next < 0) {
                return Optional.empty();
            }
            TokenAnswer answer = exchange.endpoints().token(form);
            if (answer instanceof TokenAnswer.Pending(boolean slowDown) && slowDown) {
                interval = interval.plus(SLOWER);
            }
            next = System.nanoTime() + interval.toNanos();
            return Optional.of(answer);
        }
    }

    /// Empty: ask again.
    private Optional<StoredTokens> tokens(TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Tokens tokens ->
                    Optional.of(StoredTokens.first(tokens, session.now()));
            case TokenAnswer.Pending _, TokenAnswer.Unavailable _ -> Optional.empty();
            case TokenAnswer.Refused refused when refused.denied() ->
                    throw new Failure(
                            ExitCode.FAILURE, "signInDenied", refused.error(), account.name());
            case TokenAnswer.Refused refused when refused.expired() ->
                    throw new Failure(ExitCode.TIMEOUT, "deviceExpired", account.name());
            case TokenAnswer.Refused(int status, String error) ->
                    throw new Failure(
                            ExitCode.FAILURE, "codeRefused", account.name(), error, status);
        };
    }
}

package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.DeviceAnswer;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.Pkce;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenAnswer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Signs in by device code: asks for one, shows it in the status, and asks whether the person has
/// agreed, as often as the provider permits.
final class DeviceStep {
    private final TokenKeeper keeper;
    private final RandomGenerator random;
    private final Clock clock;

    /// @param random cryptographically strong
    DeviceStep(TokenKeeper keeper, RandomGenerator random, Clock clock) {
        this.keeper = keeper;
        this.random = random;
        this.clock = clock;
    }

    Turn take(Look look, Known known, Optional<Provider> provider) {
        Optional<DeviceSignIn> running =
                known.device().filter(each -> each.wish().equals(look.wishes().device()));
        if (provider.isEmpty()) {
            return failed(look, known, RefreshStep.NO_CLIENT_SECRET);
        }
        if (look.signIn().settings().endpoints().device().isEmpty()) {
            return failed(look, known, "the provider has no device endpoint");
        }
        return running.isEmpty()
                ? begin(look, known, provider.get())
                : poll(look, known, provider.get(), running.get());
    }

    private Turn begin(Look look, Known known, Provider provider) {
        byte[] bytes = new byte[Pkce.BYTES];
        random.nextBytes(bytes);
        Pkce pkce = Pkce.of(bytes);
        DeviceAnswer answer = provider.endpoints().device(provider.requests().device(pkce));
        return switch (answer) {
            case DeviceAnswer.Begun begun -> {
                DeviceSignIn waiting =
                        DeviceSignIn.begin(look.wishes().device(), pkce, begun, clock.instant());
                yield Turn.at(known.with(Optional.of(waiting)), waiting.next());
            }
            case DeviceAnswer.Failed(var why, _) ->
                    failed(look, known, "the device endpoint " + why);
        };
    }

    private Turn poll(Look look, Known known, Provider provider, DeviceSignIn waiting) {
        Instant now = clock.instant();
        if (!now.isBefore(waiting.ends())) {
            return failed(look, known, "nobody signed in before the code ended");
        }
        if (now.isBefore(waiting.next())) {
            return Turn.at(known, waiting.next());
        }
        TokenAnswer answer =
                provider.endpoints()
                        .token(
                                provider.requests()
                                        .poll(
                                                waiting.begun().deviceCode(),
                                                waiting.pkce().verifier()));
        return switch (answer) {
            case TokenAnswer.Tokens tokens ->
                    adopt(look, known, StoredTokens.first(tokens, clock.instant()));
            case TokenAnswer.Pending(var slowDown) -> again(known, waiting, slowDown);
            case TokenAnswer.Unavailable _ -> again(known, waiting, true);
            case TokenAnswer.Refused refused when refused.denied() ->
                    failed(look, known, "the person who was asked said no");
            case TokenAnswer.Refused refused when refused.expired() ->
                    failed(look, known, "nobody signed in before the code ended");
            case TokenAnswer.Refused(var status, var error) ->
                    failed(
                            look,
                            known,
                            "the provider refused the code (" + status + ", " + error + ")");
        };
    }

    private Turn again(Known known, DeviceSignIn waiting, boolean slower) {
        DeviceSignIn next = waiting.asked(slower, clock.instant());
        return Turn.at(known.with(Optional.of(next)), next.next());
    }

    private Turn adopt(Look look, Known known, StoredTokens tokens) {
        Optional<TokenSecret> stored =
                keeper.adopt(look.secretRef(), look.signIn().account().name(), tokens, "");
        return stored.isEmpty()
                ? failed(
                        look,
                        known,
                        "Secret " + look.signIn().secret() + " exists and is not released for use")
                : Turn.fulfilled(
                        OAuthAnnotations.DEVICE,
                        Known.NOTHING.with(
                                Outcome.done("signed in", clock.instant(), stored.get())),
                        stored.get());
    }

    private Turn failed(Look look, Known known, String why) {
        String text = "sign-in failed: " + why + "; sign in again";
        return Turn.fulfilled(
                OAuthAnnotations.DEVICE,
                known.with(Optional.<DeviceSignIn>empty())
                        .with(Outcome.failed(text, clock.instant())),
                look.secret());
    }
}

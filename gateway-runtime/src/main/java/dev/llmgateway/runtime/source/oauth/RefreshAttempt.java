package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.endpoint.Reply;
import dev.llmgateway.crds.endpoint.SignInEndpoints;
import dev.llmgateway.crds.oauth.Claim;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.RefreshDecision;
import dev.llmgateway.crds.oauth.RefreshFacts;
import dev.llmgateway.crds.oauth.RefreshOutcome;
import dev.llmgateway.crds.oauth.RefreshRule;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// One refresh under the lock of a token file: claim, ask, store; what was answered is stored
/// before anyone uses it.
///
/// @param holder name of this process, for the claim
/// @param complaints hears why something could not be written
record RefreshAttempt(
        TokenStore store, InstantSource clock, String holder, Consumer<String> complaints) {
    /// Does nothing while somebody else is at it. A wish that names another token than the one in
    /// use was granted already.
    ///
    /// @param refused begin of the fingerprint of a token an upstream refuses; empty: none
    void run(SignedIn account, String refused) throws IOException {
        Optional<TokenStore.Held> lock = store.lock(account.file());
        if (lock.isEmpty()) {
            return;
        }
        try (TokenStore.Held held = lock.get()) {
            TokenFile found = held.read().orElseGet(() -> seeded(account));
            TokenFile file = buried(found);
            if (!file.equals(found)) {
                held.write(file);
            }
            RefreshDecision decision =
                    RefreshRule.decide(facts(account, file, refused), clock.instant());
            if (decision instanceof RefreshDecision.Refresh(boolean again)) {
                refresh(account, held, file, again);
            }
            held.forgetWish();
        }
    }

    static TokenFile seeded(SignedIn account) {
        return TokenFile.of(account.seed());
    }

    RefreshFacts facts(SignedIn account, TokenFile file, String refused) throws IOException {
        return new RefreshFacts(
                account.settings().grant(),
                account.settings().refreshBefore(),
                file.tokens(),
                file.claim(),
                file.refusal(),
                file.attempts(),
                asked(account, file, refused),
                account.uid());
    }

    private boolean asked(SignedIn account, TokenFile file, String refused) throws IOException {
        boolean wished = store.wish(account.file()).filter(file.version()::equals).isPresent();
        return wished || Refusals.count(refused, file, clock.instant());
    }

    /// Whoever holds the lock knows that the owner of a claim is dead: it need not be waited for.
    private TokenFile buried(TokenFile file) {
        return file.claim()
                .filter(claim -> claim.live(clock.instant()))
                .map(claim ->
                        file.claimed(
                                new Claim(
                                        claim.holder(),
                                        claim.id(),
                                        clock.instant(),
                                        claim.spends())))
                .orElse(file);
    }

    private void refresh(SignedIn account, TokenStore.Held held, TokenFile file, boolean again)
            throws IOException {
        Instant now = clock.instant();
        StoredTokens tokens = file.tokens();
        String id = UUID.randomUUID().toString();
        TokenFile claimed = file.claimed(Claim.of(holder, id, now, tokens));
        held.write(claimed);
        Reply reply = new SignInEndpoints(account.egress()).ask(form(account, tokens));
        RefreshOutcome outcome =
                RefreshOutcome.of(reply.answer(), tokens, file.attempts(), again, clock.instant());
        boolean spent = reply.perhapsDone() && !unattended(account);
        persist(account, held, id, after(claimed, outcome, spent));
    }

    private static Form form(SignedIn account, StoredTokens tokens) {
        return unattended(account)
                ? account.requests().clientCredentials()
                : account.requests().refresh(tokens.refreshToken());
    }

    private static boolean unattended(SignedIn account) {
        return account.settings().grant() == Auth.Grant.ClientCredentials;
    }

    /// @param spent the token may be spent though nobody said so: its claim stays, and tells the
    ///   next attempt to wait for the last moment (decision 147)
    private static TokenFile after(TokenFile claimed, RefreshOutcome outcome, boolean spent) {
        return switch (outcome) {
            case RefreshOutcome.Store(var tokens) -> TokenFile.of(tokens);
            case RefreshOutcome.Later(var attempts) ->
                    spent ? claimed.failedUncertain(attempts) : claimed.failed(attempts);
            case RefreshOutcome.Refused(var refusal) -> claimed.refused(refusal);
        };
    }

    /// Tries until it is done: what is not stored is lost with this process. If meanwhile somebody
    /// wrote who holds no lock, as a person with an editor does, the newer content stays.
    private void persist(SignedIn account, TokenStore.Held held, String id, TokenFile after) {
        long pauseMillis = 50;
        while (true) {
            try {
                boolean ours =
                        held.read()
                                .flatMap(TokenFile::claim)
                                .filter(claim -> claim.id().equals(id))
                                .isPresent();
                if (ours) {
                    held.write(after);
                }
                return;
            } catch (IOException e) {
                complaints.accept(
                        "the new token of UpstreamAccount "
                                + account.ref()
                                + " cannot be stored and would be lost with this process: "
                                + e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
                pauseMillis = Math.min(2 * pauseMillis, 1_000);
            }
        }
    }
}

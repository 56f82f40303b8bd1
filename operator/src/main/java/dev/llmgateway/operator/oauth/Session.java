package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.compile.SignIn;
import dev.llmgateway.crds.oauth.RefreshDecision;
import dev.llmgateway.crds.oauth.RefreshRule;
import dev.llmgateway.crds.oauth.SignInReason;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.status.OAuthFacts;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One account, worked at by one thread at a time. What wakes it: the account, its Secret or its
/// health has changed, a moment has come, or a place for a refresh is free.
final class Session {
    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    /// After something failed that is not the provider's.
    private static final Duration TROUBLE = Duration.ofSeconds(2);

    private final Kit kit;
    private final ObjectRef account;
    private final String uid;
    private final Gauge gauge;
    private final AtomicInteger pending = new AtomicInteger();
    private final Runnable wake = this::wake;
    private final Map<String, String> fulfilled = new HashMap<>();
    private final Set<String> unremoved = new HashSet<>();
    private final Timer timer;
    private volatile Seen seen;
    private volatile Known known = Known.NOTHING;
    private volatile @Nullable TokenSecret latest;
    private volatile String cachedVersion = "";
    private volatile boolean closed;
    private @Nullable OAuthFacts told;

    /// What the reconciler saw last.
    ///
    /// @param refused fingerprints of tokens that upstreams refuse
    record Seen(SignIn signIn, Wishes wishes, Set<String> refused) {}

    Session(Kit kit, Seen first) {
        this.kit = kit;
        account = first.signIn().account();
        uid = first.signIn().uid();
        seen = first;
        timer = new Timer(kit.timers(), kit.clock(), wake);
        gauge = kit.meters().expiry(first.signIn(), () -> secret().tokens().expiresAt());
    }

    String uid() {
        return uid;
    }

    /// Something may have changed.
    void look(Seen now) {
        seen = now;
        wake();
    }

    void wake() {
        if (pending.getAndIncrement() == 0) {
            kit.start(this::work);
        }
    }

    void close() {
        closed = true;
        timer.cancel();
        kit.slots().forget(wake);
        kit.meters().forget(gauge);
    }

    private void work() {
        int heard = pending.get();
        while (heard != 0) {
            if (!closed && !kit.ending().over()) {
                step();
            }
            heard = pending.addAndGet(-heard);
        }
    }

    private void step() {
        try {
            fulfilled
                    .entrySet()
                    .removeIf(each -> !each.getValue().equals(seen.wishes().of(each.getKey())));
            Turn turn = turn();
            turn.secret().ifPresent(this::learn);
            known = turn.known();
            if (!turn.fulfilled().isEmpty()) {
                fulfilled.put(turn.fulfilled(), seen.wishes().of(turn.fulfilled()));
                unremoved.add(turn.fulfilled());
            }
            timer.at(next(turn.again()));
            clean();
        } catch (KubernetesClientException e) {
            LOG.log(Level.WARNING, "{0}: the API server answered {1}", account, e.getCode());
            timer.in(TROUBLE);
        } catch (CancellationException _) {
            timer.cancel(); // the operator stops
        } catch (RuntimeException e) {
            // Its text could quote what was read.
            LOG.log(Level.ERROR, "{0}: {1}", account, e.getClass().getName());
            timer.in(TROUBLE);
        }
        tell();
    }

    private void tell() {
        OAuthFacts now = facts();
        if (!now.equals(told)) {
            told = now;
            kit.changed().accept(account);
        }
    }

    private void learn(TokenSecret secret) {
        cachedVersion = cached().version();
        latest = secret;
    }

    /// The end of a token is news as well.
    private Instant next(Instant again) {
        Instant now = kit.clock().instant();
        return secret().tokens()
                .expiresAt()
                .filter(end -> end.isAfter(now) && end.isBefore(again))
                .orElse(again);
    }

    /// Takes fulfilled wishes off the account.
    private void clean() {
        for (String annotation : Set.copyOf(unremoved)) {
            String text = fulfilled.get(annotation);
            if (text != null) {
                kit.notes().remove(account, uid, annotation, text);
            }
            unremoved.remove(annotation);
        }
    }

    private Turn turn() {
        Instant now = kit.clock().instant();
        Seen current = seen;
        Look look =
                new Look(
                        current.signIn(),
                        current.wishes().without(fulfilled),
                        secret(),
                        current.refused(),
                        now);
        Optional<Provider> provider = Provider.of(current.signIn(), kit.world());
        Wishes wishes = look.wishes();
        if (!wishes.logout().isEmpty()) {
            return kit.logout().take(look, known, provider);
        }
        if (!wishes.grant().isEmpty()) {
            return kit.login().take(look, known, provider);
        }
        Turn refresh = kit.refresh().take(look, known.heeding(wishes), provider, wake);
        return wishes.device().isEmpty() || !refresh.fulfilled().isEmpty()
                ? refresh
                : refresh.and(kit.device().take(look, refresh.known(), provider));
    }

    private TokenSecret cached() {
        ObjectRef ref = new ObjectRef(account.namespace(), seen.signIn().secret());
        return kit.world()
                .released(ref)
                .map(TokenSecret::of)
                .orElseGet(() -> TokenSecret.absent(ref));
    }

    /// As the informer says, unless this process knows better.
    private TokenSecret secret() {
        TokenSecret known = latest;
        TokenSecret informed = cached();
        if (known == null || !known.ref().equals(informed.ref())) {
            return informed;
        }
        if (informed.version().equals(cachedVersion)) {
            return known;
        }
        TokenSecret newer = informed.exists() ? known.later(informed) : informed;
        if (newer.version().equals(informed.version())) {
            latest = null;
        }
        return newer;
    }

    /// For the status.
    OAuthFacts facts() {
        Instant now = kit.clock().instant();
        SignIn signIn = seen.signIn();
        TokenSecret secret = secret();
        Known memory = known;
        boolean unattended = signIn.settings().grant() == Auth.Grant.ClientCredentials;
        RefreshDecision decision =
                RefreshRule.decide(
                        Refresher.Job.facts(signIn, secret, memory.attempts(), false), now);
        Optional<SignInReason> reason =
                decision instanceof RefreshDecision.SignIn(var why)
                        ? Optional.of(why)
                        : Optional.empty();
        return OAuthFacts.of(
                secret.tokens(),
                unattended,
                memory.attempts(),
                reason,
                memory.device().map(DeviceSignIn::progress),
                memory.outcome().text(),
                now);
    }

    OAuthDesk.View view() {
        return new OAuthDesk.View(facts(), known.outcome().token());
    }
}

package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.RefreshDecision;
import dev.llmgateway.crds.oauth.RefreshPace;
import dev.llmgateway.crds.oauth.RefreshRule;
import dev.llmgateway.crds.oauth.TokenFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Refreshes the tokens of a folder's accounts in time, beside other processes that do the same.
/// Looks ten times a second; everything that blocks happens in threads of its own.
public final class Refresher implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    /// Even where nothing is due, a file is read again after this long.
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    /// Pause after a look that found the lock taken.
    private static final Duration TAKEN = Duration.ofMillis(200);

    /// A token request and a moment to store its answer.
    private static final Duration LONGEST_STOP = Duration.ofMillis(Form.TIMEOUT_MILLIS + 2_000);

    private final TokenStore store;
    private final RefreshAttempt attempts;
    private final Upstreams upstreams;
    private final InstantSource clock;
    private final Consumer<String> complaints;
    private final RefreshPace pace = new RefreshPace();
    private final Semaphore atOnce = new Semaphore(RefreshPace.MOST_AT_ONCE);
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();
    private final Map<String, Asked> heard = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile List<SignedIn> accounts = List.of();

    /// Why a new token is wanted before its time.
    ///
    /// @param refused begin of the fingerprint of a token an upstream refuses; empty: none
    /// @param wished by a person
    private record Asked(String refused, boolean wished) {}

    /// What upstreams say of tokens.
    public interface Upstreams {
        /// Begin of the fingerprint of the token an account's upstream refuses; empty: it takes it.
        String refused(String uid);
    }

    /// @param holder name of this process among those of the folder
    /// @param complaints hears what a person has to know
    public Refresher(
            TokenStore store,
            Upstreams upstreams,
            InstantSource clock,
            String holder,
            Consumer<String> complaints) {
        this.store = store;
        this.attempts = new RefreshAttempt(store, clock, holder, complaints);
        this.upstreams = upstreams;
        this.clock = clock;
        this.complaints = complaints;
    }

    public Refresher start() {
        Thread.ofPlatform().daemon().name("token-refresh").start(this::work);
        return this;
    }

    /// What was read anew: of accounts or of their token files.
    public void accounts(List<SignedIn> now) {
        accounts = List.copyOf(now);
        resting.clear();
    }

    private void work() {
        try {
            while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<SignedIn> all = accounts;
        if (all.isEmpty()) {
            return;
        }
        try {
            Set<String> wishes = store.wishes();
            Instant now = clock.instant();
            for (SignedIn account : all) {
                Asked asked =
                        new Asked(
                                upstreams.refused(account.uid()), wishes.contains(account.file()));
                Instant until = resting.getOrDefault(account.file(), Instant.MIN);
                boolean news = !asked.equals(heard.put(account.file(), asked));
                if ((news || !now.isBefore(until)) && !underWay.contains(account.file())) {
                    consider(account, asked, now);
                }
            }
        } catch (IOException e) {
            complaints.accept("tokens cannot be read, those in use stay: " + e);
        } catch (RuntimeException e) {
            complaints.accept("tokens could not be looked after: " + e.getClass().getName());
        }
    }

    private void consider(SignedIn account, Asked asked, Instant now) throws IOException {
        TokenFile file = store.read(account.file()).orElseGet(() -> RefreshAttempt.seeded(account));
        boolean claimed = file.claim().filter(claim -> claim.live(now)).isPresent();
        RefreshDecision decision =
                RefreshRule.decide(attempts.facts(account, file, asked.refused()), now);
        boolean due = decision instanceof RefreshDecision.Refresh;
        Instant until =
                switch (decision) {
                    case RefreshDecision.Wait(Instant end) -> claimed ? now.plus(TAKEN) : end;
                    case RefreshDecision.Refresh _ -> now.plus(TAKEN);
                    case RefreshDecision.Rest _, RefreshDecision.SignIn _ -> Instant.MAX;
                };
        rest(account, until, now);
        // Whether who claimed it is dead only the lock tells; a wish that is not to be granted
        // goes.
        if ((due || claimed || asked.wished()) && underWay.add(account.file())) {
            Thread.ofVirtual()
                    .name("token-refresh")
                    .start(() -> attempt(account, asked.refused(), due));
        }
    }

    private void rest(SignedIn account, Instant until, Instant now) {
        Instant latest = now.plus(LONGEST_REST);
        resting.put(account.file(), until.isBefore(latest) ? until : latest);
    }

    private void attempt(SignedIn account, String refused, boolean due) {
        try {
            atOnce.acquire();
            try {
                long pause = due ? pace.take(System.nanoTime()) : 0;
                if (!stopped.await(pause, TimeUnit.NANOSECONDS)) {
                    attempts.run(account, refused);
                }
            } finally {
                atOnce.release();
            }
        } catch (IOException e) {
            complaints.accept(
                    "UpstreamAccount " + account.ref() + " cannot be refreshed here: " + e);
            rest(account, Instant.MAX, clock.instant());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(account.file());
        }
    }

    /// Begins nothing more and waits for what is under way: an answer that nobody stores is a lost
    /// sign-in.
    @Override
    public void close() {
        stopped.countDown();
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        while (!underWay.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}

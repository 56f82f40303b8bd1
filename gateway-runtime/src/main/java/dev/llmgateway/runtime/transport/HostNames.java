package dev.llmgateway.runtime.transport;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Addresses of host names, for one loop (reliability-security.md R19). The resolver below keeps
/// answers for their TTL; this keeps what it said last, to be used while it is down, and asks once
/// for many who want the same name.
final class HostNames {
    /// The last answer stands in for this long.
    static final long STALE_MILLIS = 600_000;

    /// After a failure nobody is asked for this long; the bound is 5 s.
    static final long NEGATIVE_MILLIS = 2_000;

    /// A call waits this long for the resolver where there is an older answer.
    static final long PATIENCE_MILLIS = 500;

    /// Packets get lost: a silent resolver is asked again.
    private static final int MOST_QUERIES = 3;

    /// Beyond this, names that are not in use are forgotten; plans hold far fewer.
    private static final int MOST_NAMES = 1_024;

    private final Deadlines deadlines;
    private final LongSupplier clock;
    private final Function<String, Future<List<InetSocketAddress>>> resolver;
    private final Map<String, Name> names = new HashMap<>();

    /// @param clock milliseconds, monotonic
    /// @param resolver completes on the loop
    HostNames(
            Deadlines deadlines,
            LongSupplier clock,
            Function<String, Future<List<InetSocketAddress>>> resolver) {
        this.deadlines = deadlines;
        this.clock = clock;
        this.resolver = resolver;
    }

    /// Who waits for addresses; called once, on the loop, perhaps at once.
    interface Asker {
        void found(List<InetAddress> addresses);

        void missing(String detail);
    }

    int size() {
        return names.size();
    }

    void resolve(String host, Asker asker) {
        if (names.size() >= MOST_NAMES) {
            names.values().removeIf(Name::idle);
        }
        names.computeIfAbsent(host.toLowerCase(Locale.ROOT), Name::new).resolve(asker);
    }

    /// What is known of one name.
    private final class Name extends Deadlines.Deadline {
        private final String host;
        private final List<Asker> askers = new ArrayList<>();
        private List<InetAddress> last = List.of();
        private String failure = "";
        private long lastAt;
        private long quietUntil;
        private boolean asking;
        private boolean slow;
        private int queries;

        Name(String host) {
            this.host = host;
        }

        boolean idle() {
            return !asking && quietUntil <= clock.getAsLong();
        }

        void resolve(Asker asker) {
            if (quietUntil > clock.getAsLong() || (slow && usable())) {
                settle(asker);
                return;
            }
            askers.add(asker);
            if (!asking) {
                queries = 0;
                ask();
            }
        }

        private boolean usable() {
            return !last.isEmpty() && clock.getAsLong() - lastAt < STALE_MILLIS;
        }

        private void ask() {
            if (!asking) {
                asking = true;
                deadlines.add(this);
                at(clock.getAsLong() + PATIENCE_MILLIS);
            }
            queries++;
            resolver.apply(host)
                    .addListener((Future<List<InetSocketAddress>> done) -> answered(done));
        }

        private void answered(Future<List<InetSocketAddress>> done) {
            if (done.isSuccess() && !done.getNow().isEmpty()) {
                last = done.getNow().stream().map(InetSocketAddress::getAddress).toList();
                lastAt = clock.getAsLong();
                quietUntil = 0;
                finish();
            } else if (done.isSuccess() || isAnswer(done.cause())) {
                last = List.of();
                failed("the host name has no address");
            } else if (queries < MOST_QUERIES && !askers.isEmpty()) {
                ask();
            } else {
                failed("the host name could not be resolved");
            }
        }

        private void failed(String detail) {
            failure = detail;
            quietUntil = clock.getAsLong() + NEGATIVE_MILLIS;
            finish();
        }

        private void finish() {
            asking = false;
            slow = false;
            deadlines.remove(this);
            settleAll();
        }

        private void settleAll() {
            List<Asker> waiting = List.copyOf(askers);
            askers.clear();
            waiting.forEach(this::settle);
        }

        private void settle(Asker asker) {
            if (usable()) {
                asker.found(last);
            } else {
                asker.missing(failure);
            }
        }

        /// The resolver is slow; who asked goes on with what it said last.
        @Override
        void expired(long now) {
            slow = true;
            if (usable()) {
                settleAll();
            }
        }
    }

    /// Whether the resolver said that the name has no address, other than failing to say anything.
    /// A failure without a cause is an empty answer, or a refusal, which look the same here.
    private static boolean isAnswer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsErrorCauseException said) {
                return said.getCode().equals(DnsResponseCode.NXDOMAIN);
            }
        }
        return failure instanceof UnknownHostException && failure.getCause() == null;
    }
}

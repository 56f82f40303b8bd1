package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// Look-ups on a clock of the test's own: nothing here waits.
class HostNamesTest {
    private static final List<InetAddress> FIRST = List.of(address(1));
    private static final List<InetAddress> SECOND = List.of(address(2));

    private final Deadlines deadlines = new Deadlines();
    private final List<Promise<List<InetSocketAddress>>> queries = new ArrayList<>();
    private final List<Object> heard = new ArrayList<>();
    private long now = 1_000_000;
    private final HostNames names = new HostNames(deadlines, () -> now, _ -> query());

    private Future<List<InetSocketAddress>> query() {
        Promise<List<InetSocketAddress>> query = ImmediateEventExecutor.INSTANCE.newPromise();
        queries.add(query);
        return query;
    }

    @Test
    void concurrentLookUpsOfOneNameShareAQuery() {
        for (int i = 0; i < 50; i++) {
            ask(i % 2 == 0 ? "host.test" : "HOST.test");
        }
        assertThat(queries).hasSize(1);

        answer(FIRST);

        assertThat(heard).hasSize(50).containsOnly(FIRST);
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void everyLookUpAsksTheResolverWhichKnowsTheTimeToLive() {
        ask("host.test");
        answer(FIRST);
        ask("host.test");
        answer(SECOND);

        assertThat(heard).containsExactly(FIRST, SECOND);
    }

    @Test
    void aNameWithoutAddressesIsNotAskedForAgainAtOnceButSoon() {
        ask("host.test");
        fail(new UnknownHostException("host.test"));
        ask("host.test");
        now += HostNames.NEGATIVE_MILLIS - 1;
        ask("host.test");
        assertThat(queries).hasSize(1);
        assertThat(heard).hasSize(3).containsOnly("the host name has no address");
        assertThat(HostNames.NEGATIVE_MILLIS).isLessThanOrEqualTo(5_000);

        now += 1;
        ask("host.test");
        answer(FIRST);

        assertThat(heard.getLast()).isEqualTo(FIRST);
    }

    @Test
    void anEmptyAnswerIsNoAddress() {
        ask("host.test");
        answer(List.of());

        assertThat(heard).containsExactly("the host name has no address");
    }

    @Test
    void aSilentResolverIsAskedThreeTimes() {
        ask("host.test");
        for (int i = 0; i < 3; i++) {
            fail(silence());
        }

        assertThat(queries).hasSize(3);
        assertThat(heard).containsExactly("the host name could not be resolved");
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void theLastAnswerStandsInWhileTheResolverIsDown() {
        ask("host.test");
        answer(FIRST);
        now += 60_000;
        ask("host.test");
        for (int i = 0; i < 3; i++) {
            fail(silence());
        }
        ask("host.test"); // nobody is asked so soon after a failure

        assertThat(heard).containsExactly(FIRST, FIRST, FIRST);
        assertThat(queries).hasSize(4);
    }

    @Test
    void aSlowResolverHoldsNobodyUpThatHasAnOlderAnswer() {
        ask("host.test");
        answer(FIRST);
        now += 60_000;
        ask("host.test");
        now += HostNames.PATIENCE_MILLIS;
        deadlines.sweep(now, HostNamesTest::unexpected);
        assertThat(heard).containsExactly(FIRST, FIRST);
        ask("host.test"); // it is known to be slow
        assertThat(heard).hasSize(3);

        answer(SECOND);
        ask("host.test");
        answer(SECOND);

        assertThat(heard).containsExactly(FIRST, FIRST, FIRST, SECOND);
    }

    @Test
    void aSlowResolverIsWaitedForWhereThereIsNoOlderAnswer() {
        ask("host.test");
        now += 3_000;
        deadlines.sweep(now, HostNamesTest::unexpected);
        assertThat(heard).isEmpty();

        answer(FIRST);

        assertThat(heard).containsExactly(FIRST);
    }

    @Test
    void theLastAnswerStandsInForTenMinutesAtMost() {
        ask("host.test");
        answer(FIRST);
        now += HostNames.STALE_MILLIS - 1;
        down();
        assertThat(heard.getLast()).isEqualTo(FIRST);

        now += HostNames.NEGATIVE_MILLIS;
        down();

        assertThat(heard.getLast()).isEqualTo("the host name could not be resolved");
        assertThat(HostNames.STALE_MILLIS).isEqualTo(600_000);
    }

    @Test
    void anAnswerThatTheNameIsGoneEndsTheOlderOne() {
        ask("host.test");
        answer(FIRST);
        ask("host.test");
        fail(new UnknownHostException("host.test"));

        assertThat(heard.getLast()).isEqualTo("the host name has no address");
        now += HostNames.NEGATIVE_MILLIS;
        down();
        assertThat(heard.getLast()).isEqualTo("the host name could not be resolved");
    }

    @Test
    void namesDoNotPileUp() {
        for (int i = 0; i < 10_000; i++) {
            ask("host-" + i);
            answer(FIRST);
        }

        assertThat(names.size()).isLessThanOrEqualTo(1_024);
    }

    private void down() {
        ask("host.test");
        for (int i = 0; i < 3; i++) {
            fail(silence());
        }
    }

    private void ask(String host) {
        names.resolve(
                host,
                new HostNames.Asker() {
                    @Override
                    public void found(List<InetAddress> addresses) {
                        heard.add(addresses);
                    }

                    @Override
                    public void missing(String detail) {
                        heard.add(detail);
                    }
                });
    }

    private void answer(List<InetAddress> addresses) {
        queries.getLast()
                .setSuccess(
                        addresses.stream()
                                .map(address -> new InetSocketAddress(address, 0))
                                .toList());
    }

    private void fail(Exception failure) {
        queries.getLast().setFailure(failure);
    }

    private static UnknownHostException silence() {
        UnknownHostException failure = new UnknownHostException("host.test");
        failure.initCause(new TimeoutException("no answer"));
        return failure;
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void unexpected(Throwable bug) {
        throw new AssertionError(bug);
    }
}

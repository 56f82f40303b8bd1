package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Four accounts under steady traffic while some of them die and come back (reliability-security.md
/// R8, R9).
class PoolIT {
    private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}";
    private static final String GOOD = "{\"id\":\"1\",\"choices\":[],\"model\":\"m\"}";
    private static final String ASK =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final int RATE = 300;
    private static final int CLIENTS = 8;

    /// One answer as a client saw it.
    record Answer(long atMillis, int status, long millis, String retryAfter) {}

    /// Accounts of one pool whose behaviour changes while requests run.
    private static final class Pool implements AutoCloseable {
        private final List<FaultUpstream> upstreams = new ArrayList<>();
        private final List<AtomicLong> calls = new ArrayList<>();
        private final List<Script> scripts = new ArrayList<>();

        Pool(int accounts) {
            for (int i = 0; i < accounts; i++) {
                int number = i;
                calls.add(new AtomicLong());
                scripts.add(Script.json(200, GOOD));
                upstreams.add(FaultUpstream.start(_ -> answer(number)).forgetful());
            }
        }

        private Script answer(int number) {
            calls.get(number).incrementAndGet();
            synchronized (scripts) {
                return scripts.get(number);
            }
        }

        void play(int number, Script script) {
            synchronized (scripts) {
                scripts.set(number, script);
            }
        }

        void all(Script script) {
            for (int i = 0; i < upstreams.size(); i++) {
                play(i, script);
            }
        }

        long calls(int number) {
            return calls.get(number).get();
        }

        long calls() {
            return calls.stream().mapToLong(AtomicLong::get).sum();
        }

        GatewayPlan plan() {
            List<AccountPlan> accounts = new ArrayList<>();
            for (int i = 0; i < upstreams.size(); i++) {
                accounts.add(
                        Plans.account("a" + i)
                                .at(upstreams.get(i).address() + "/v1")
                                .formats(WireFormat.ChatCompletions)
                                .health(HEALTH)
                                .plan());
            }
            return Plans.gateway(accounts, List.of(GatewayFixture.key().plan()));
        }

        @Override
        public void close() {
            upstreams.forEach(FaultUpstream::close);
        }
    }

    /// The defaults.
    private static final HealthPlan HEALTH =
            new HealthPlan(
                    List.of(429, 503, 529),
                    List.of(401, 402, 403),
                    5_000,
                    300_000,
                    true,
                    5,
                    1_000,
                    30_000,
                    "",
                    0);

    @Test
    void one_of_four_dies_and_nobody_notices_and_its_traffic_comes_back() {
        try (var pool = new Pool(4);
                var gateway = GatewayFixture.serving(pool.plan())) {
            List<Answer> before = run(gateway, Duration.ofSeconds(1));

            pool.play(0, Script.of(new Step.Reset()));
            long dead = pool.calls(0);
            List<Answer> meanwhile = run(gateway, Duration.ofSeconds(2));
            long asked = pool.calls(0) - dead;

            pool.play(0, Script.json(200, GOOD));
            run(gateway, Duration.ofSeconds(6));
            long returned = pool.calls(0);
            List<Answer> after = run(gateway, Duration.ofSeconds(1));
            long share = 100 * (pool.calls(0) - returned) / after.size();

            System.out.printf(
                    "R9 one of four dies: %d of %d answers failed, the dead one was asked %d times,"
                            + " its share afterwards %d %%%n",
                    failed(meanwhile), meanwhile.size(), asked, share);
            assertThat(failed(before) + failed(after)).isZero();
            assertThat(failed(meanwhile)).isLessThanOrEqualTo(meanwhile.size() / 1_000);
            // Five in a row, those under way beside them, and a probe or two.
            assertThat(asked).isBetween(5L, 5L + CLIENTS + 8);
            assertThat(share).isBetween(15L, 35L);
        }
    }

    @Test
    void all_die_and_clients_are_told_at_once_and_all_come_back() {
        try (var pool = new Pool(4);
                var gateway = GatewayFixture.serving(pool.plan())) {
            run(gateway, Duration.ofMillis(500));

            pool.all(Script.json(500, ERROR));
            List<Answer> dead = run(gateway, Duration.ofSeconds(2));
            pool.all(Script.json(200, GOOD));
            List<Answer> after = run(gateway, Duration.ofSeconds(6));
            long recovered = after.getFirst().atMillis();
            long lastFailure =
                    after.stream()
                            .filter(answer -> answer.status() != 200)
                            .mapToLong(answer -> answer.atMillis() - recovered)
                            .max()
                            .orElse(0);
            List<Long> times = dead.stream().map(Answer::millis).sorted().toList();
            long p99 = times.get(times.size() * 99 / 100);

            System.out.printf(
                    "R9 all dead: p99 %d ms to the error; the last failure %d ms after recovery%n",
                    p99, lastFailure);
            assertThat(dead.stream().filter(answer -> answer.status() < 500)).isEmpty();
            assertThat(p99).isLessThanOrEqualTo(250); // promised: 50
            assertThat(lastFailure).isLessThanOrEqualTo(5_000);
        }
    }

    @Test
    void all_busy_is_an_overload_with_the_time_of_the_earliest_return() {
        try (var pool = new Pool(4);
                var gateway = GatewayFixture.serving(pool.plan())) {
            pool.all(
                    Script.answer(
                            429, "retry-after: 20\r\ncontent-type: application/json\r\n", ERROR));
            run(gateway, Duration.ofSeconds(1));
            long calls = pool.calls();

            List<Answer> answers = run(gateway, Duration.ofSeconds(1));

            assertThat(pool.calls()).isEqualTo(calls);
            assertThat(answers)
                    .allSatisfy(answer -> {
                        assertThat(answer.status()).isEqualTo(503);
                        assertThat(Integer.parseInt(answer.retryAfter())).isBetween(15, 25);
                    });
        }
    }

    @Test
    void a_failing_provider_gets_no_storm() {
        storm(Duration.ofSeconds(3));
    }

    @Test
    @Tag("full")
    void a_failing_provider_gets_no_storm_for_a_minute() {
        storm(Duration.ofSeconds(60));
    }

    private static void storm(Duration time) {
        try (var pool = new Pool(4);
                var gateway = GatewayFixture.serving(pool.plan())) {
            pool.all(Script.json(500, ERROR));

            List<Answer> answers = run(gateway, time);

            long calls = pool.calls();
            System.out.printf(
                    "R8 retry storm: %d requests, %d upstream calls in %d s%n",
                    answers.size(), calls, time.toSeconds());
            // A share of the requests, ten a second, and what a bucket holds.
            assertThat(calls)
                    .isLessThanOrEqualTo(
                            (long) (1.2 * answers.size()) + 10 * time.toSeconds() + 20);
            assertThat(gateway.services().meters().calls()).isEqualTo(calls);
        }
    }

    private static long failed(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() != 200).count();
    }

    /// So many requests a second for a while, each answer timed from when it was due.
    private static List<Answer> run(GatewayFixture gateway, Duration time) {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        long step = 1_000_000_000L * CLIENTS / RATE;
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long offset = step * i / CLIENTS;
                clients.add(
                        threads.submit(() -> client(gateway, start + offset, step, time, answers)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(answers);
    }

    private static void client(
            GatewayFixture gateway,
            long first,
            long step,
            Duration time,
            ConcurrentLinkedQueue<Answer> answers) {
        try (RawClient client = gateway.client()) {
            for (long due = first; due < first + time.toNanos(); due += step) {
                LockSupport.parkNanos(due - System.nanoTime());
                long begin = System.nanoTime();
                HttpMessage reply =
                        client.request(
                                        "POST /v1/chat/completions HTTP/1.1",
                                        GatewayFixture.FIELDS,
                                        ASK)
                                .response();
                answers.add(
                        new Answer(
                                begin / 1_000_000,
                                reply.status(),
                                (System.nanoTime() - begin) / 1_000_000,
                                reply.field("retry-after").orElse("")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

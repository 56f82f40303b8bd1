package dev.llmgateway.runtime.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.RoutePlan;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.runtime.balance.PoolMemory;
import dev.llmgateway.runtime.balance.Selector;
import dev.llmgateway.runtime.balance.Strategy;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.telemetry.AccessLog;
import dev.llmgateway.runtime.telemetry.Meters;
import dev.llmgateway.runtime.transport.HttpLimits;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.RequestHandler;
import dev.llmgateway.runtime.transport.TransportServer;
import dev.llmgateway.runtime.transport.TransportStats;
import dev.llmgateway.runtime.upstream.Credentials;
import dev.llmgateway.runtime.upstream.simulated.SimulatedProvider;
import dev.llmgateway.runtime.usage.UsageLedger;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A whole gateway on a free port, wired as the process wires it, with one loop and its access log
/// in memory. Closing it fails when an exchange threw.
final class GatewayFixture implements AutoCloseable {
    static final String KEY = "sk-gateway-fixture";
    static final String FIELDS = "x-api-key: " + KEY + "\r\ncontent-type: application/json\r\n";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
    private final AtomicLong loopThread = new AtomicLong();
    private final Services services;
    private final TransportServer transport;
    private final UnaryOperator<RequestHandler> around;
    private final AtomicReference<@Nullable Loop> loop = new AtomicReference<>();
    private final long heartbeatMillis;
    private final @Nullable Strategy strategy;
    private final int port;

    private GatewayFixture(
            GatewayPlan plan,
            HttpLimits limits,
            @Nullable Strategy strategy,
            InstantSource clock,
            UnaryOperator<RequestHandler> around) {
        this(plan, limits, strategy, clock, around, 10_000, GatewayFixture::millis);
    }

    private GatewayFixture(
            GatewayPlan plan,
            HttpLimits limits,
            @Nullable Strategy strategy,
            InstantSource clock,
            UnaryOperator<RequestHandler> around,
            long heartbeatMillis,
            LongSupplier ticks) {
        this.around = around;
        this.heartbeatMillis = heartbeatMillis;
        this.strategy = strategy;
        services =
                new Services(
                        new LiveSnapshot(),
                        PoolMemory.seeded(3),
                        new DecisionLog(),
                        new SimulatedProvider(),
                        new UsageLedger(),
                        new Meters(),
                        new AccessLog(1, logged).start(),
                        clock);
        swap("first", plan);
        transport =
                new TransportServer(
                        vertx,
                        limits,
                        new FramingErrors(services, new RequestIds(new SplittableRandom(1))),
                        this::handler,
                        bugs::add,
                        ticks);
        port =
                transport
                        .listen("127.0.0.1", 0, 1, Optional.empty())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    private RequestHandler handler(Loop served) {
        loopThread.set(Thread.currentThread().threadId());
        loop.set(served);
        return around.apply(
                GatewayHandler.on(
                        served,
                        services,
                        new RequestIds(new SplittableRandom(2)),
                        heartbeatMillis));
    }

    /// With these parts in the place of the process's own; `around` sees every request first.
    static GatewayFixture with(
            GatewayPlan plan,
            @Nullable Strategy strategy,
            InstantSource clock,
            UnaryOperator<RequestHandler> around) {
        return new GatewayFixture(plan, HttpLimits.DEFAULT, strategy, clock, around);
    }

    static GatewayFixture serving(GatewayPlan plan) {
        return serving(plan, HttpLimits.DEFAULT);
    }

    static GatewayFixture serving(GatewayPlan plan, HttpLimits limits) {
        return new GatewayFixture(plan, limits, null, InstantSource.system(), handler -> handler);
    }

    /// @param heartbeatMillis silence of a stream that is filled
    static GatewayFixture beating(GatewayPlan plan, long heartbeatMillis) {
        return timed(plan, heartbeatMillis, GatewayFixture::millis);
    }

    /// @param ticks what deadlines go by, in milliseconds
    static GatewayFixture timedBy(GatewayPlan plan, LongSupplier ticks) {
        return timed(plan, 10_000, ticks);
    }

    private static GatewayFixture timed(
            GatewayPlan plan, long heartbeatMillis, LongSupplier ticks) {
        return new GatewayFixture(
                plan,
                HttpLimits.DEFAULT,
                null,
                InstantSource.system(),
                handler -> handler,
                heartbeatMillis,
                ticks);
    }

    static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    /// The loop's own, coarse time.
    long loopTime() {
        CompletableFuture<Long> now = new CompletableFuture<>();
        Loop served = Objects.requireNonNull(loop.get());
        served.execute(() -> now.complete(served.now()));
        return now.join();
    }

    /// One account that serves every model at this upstream, and one key.
    static GatewayFixture before(FaultUpstream upstream) {
        return serving(plan(account(upstream).plan()));
    }

    static Plans.Account account(FaultUpstream upstream) {
        return Plans.account("upstream").at(upstream.address() + "/v1");
    }

    /// The same under another name at the upstream.
    static GatewayFixture renaming(FaultUpstream upstream, String model) {
        return serving(plan(account(upstream).models(new ModelMapping("*", model, "")).plan()));
    }

    static GatewayPlan plan(AccountPlan account, RoutePlan... routes) {
        return Plans.gateway(List.of(account), List.of(key().plan()), routes);
    }

    static Plans.Key key() {
        return Plans.key("tester").sha256(sha256(KEY));
    }

    static String sha256(String text) {
        return Plans.sha256(text);
    }

    void swap(String revision, GatewayPlan plan) {
        swap(revision, plan, _ -> Optional.empty());
    }

    void swap(String revision, GatewayPlan plan, Credentials credentials) {
        services.swap(snapshot(revision, plan, credentials));
    }

    Snapshot snapshot(String revision, GatewayPlan plan) {
        return snapshot(revision, plan, _ -> Optional.empty());
    }

    private Snapshot snapshot(String revision, GatewayPlan plan, Credentials credentials) {
        PoolMemory memory = services.pool();
        Snapshot usual = Snapshot.of(revision, plan, credentials, memory);
        if (strategy == null) {
            return usual;
        }
        return new Snapshot(
                revision,
                plan,
                usual.keys(),
                usual.routes(),
                new Selector(
                        memory.states(),
                        strategy,
                        plan.settings().affinity(),
                        memory.pins(),
                        memory.dice()),
                usual.upstreams(),
                usual.cors(),
                usual.ids());
    }

    TransportStats stats() {
        return transport.stats();
    }

    /// What exchanges threw so far; taken, so that closing does not fail for it.
    List<Throwable> takeBugs() {
        List<Throwable> taken = List.copyOf(bugs);
        bugs.removeAll(taken);
        return taken;
    }

    Services services() {
        return services;
    }

    /// Thread of the one loop.
    long loopThread() {
        return loopThread.get();
    }

    RawClient client() throws IOException {
        return RawClient.connect(URI.create("http://127.0.0.1:" + port), PATIENCE);
    }

    /// One request with the fixture's key on a connection of its own.
    HttpMessage post(String path, String body) throws IOException {
        return post(path, FIELDS, body);
    }

    HttpMessage post(String path, String fields, String body) throws IOException {
        try (RawClient client = client()) {
            return client.request("POST " + path + " HTTP/1.1", fields, body).response();
        }
    }

    HttpMessage get(String path) throws IOException {
        try (RawClient client = client()) {
            return client.send(
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\nhost: test\r\nx-api-key: "
                                    + KEY
                                    + "\r\n\r\n")
                    .response();
        }
    }

    /// The access log once it has that many lines.
    List<JsonNode> log(int lines) {
        return Poll.until(
                        PATIENCE,
                        () -> lines + " lines in the access log: " + text(),
                        () -> Optional.of(text()).filter(text -> text.lines().count() >= lines))
                .lines()
                .map(GatewayFixture::json)
                .toList();
    }

    /// Lines in the access log now.
    int lines() {
        return (int) text().lines().count();
    }

    /// The access log as it was written.
    String text() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing is held any more: no lease, no body byte, no request under way.
    private void awaitQuiet() {
        Poll.untilTrue(
                PATIENCE,
                () -> transport.stats() + ", in flight " + services.meters().inFlight(),
                () ->
                        transport.stats().upstreamLeased() == 0
                                && transport.stats().bufferedBodyBytes() == 0
                                && services.meters().inFlight() == 0);
    }

    @Override
    public void close() {
        try {
            awaitQuiet();
        } finally {
            end();
        }
    }

    private void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        services.accessLog().close();
        if (!bugs.isEmpty()) {
            throw new AssertionError("an exchange threw", bugs.peek());
        }
    }
}

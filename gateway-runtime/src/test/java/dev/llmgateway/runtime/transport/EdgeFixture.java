package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// The real edge and the real upstream side on one loop, between a test's raw client and its
/// scripted upstream. Closing it checks that nothing leaked: no lease, no body byte, no connection,
/// no bug.
final class EdgeFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final CallTimeouts TIMEOUTS = new CallTimeouts(2_000, 2_000, 10_000, 10_000, 0, 30_000);
    static final EgressPolicy LOCAL = new EgressPolicy(true, List.of(), "");

    private final Vertx vertx;
    private final FaultUpstream upstream;
    private final TransportServer server;
    private final List<RequestConsumer.CloseReason> closes = new CopyOnWriteArrayList<>();
    private final List<TransportFailure> failures = new CopyOnWriteArrayList<>();
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final List<LoopState> loops = new CopyOnWriteArrayList<>();
    private final AtomicLong peeked = new AtomicLong();
    private final int port;
    private volatile Endpoint endpoint;
    private volatile String streamed = "";
    private volatile CallTimeouts timeouts = TIMEOUTS;
    private volatile Function<RequestHead, Optional<Response>> early = _ -> Optional.empty();
    private volatile Function<RequestHead, Optional<Endpoint>> endpoints = _ -> Optional.empty();
    private volatile Optional<RequestHandler> handler = Optional.empty();

    private EdgeFixture(
            VertxOptions options,
            HttpLimits limits,
            Optional<ServerTls> tls,
            FaultUpstream upstream,
            int loopCount) {
        Leaks.watch();
        vertx = Vertx.vertx(options.setPreferNativeTransport(true)); // as the process does
        this.upstream = upstream;
        endpoint = local(upstream.address().getPort());
        server =
                new TransportServer(
                        vertx,
                        limits,
                        EdgeFixture::error,
                        loop -> {
                            loops.add((LoopState) loop);
                            return this::begin;
                        },
                        bugs::add);
        port = await(server.listen("127.0.0.1", 0, loopCount, tls));
    }

    /// Default limits, clear text.
    static EdgeFixture start(Function<Received, Script> scripts) {
        return start(HttpLimits.DEFAULT, scripts);
    }

    static EdgeFixture start(HttpLimits limits, Function<Received, Script> scripts) {
        return before(FaultUpstream.start(scripts), limits, 1);
    }

    /// On so many event loops, before an upstream that is closed with the fixture.
    static EdgeFixture before(FaultUpstream upstream, HttpLimits limits, int loops) {
        return new EdgeFixture(new VertxOptions(), limits, Optional.empty(), upstream, loops);
    }

    static EdgeFixture startTls(ServerTls tls, Function<Received, Script> scripts) {
        return new EdgeFixture(
                new VertxOptions(),
                HttpLimits.DEFAULT,
                Optional.of(tls),
                FaultUpstream.start(scripts),
                1);
    }

    /// Asks this name server for host names, as the process would.
    static EdgeFixture startWithNames(NameServer names, Function<Received, Script> scripts) {
        return startWithNames(List.of(names.address()), scripts);
    }

    /// @param servers as `127.0.0.1:40123`, asked in this order
    static EdgeFixture startWithNames(List<String> servers, Function<Received, Script> scripts) {
        AddressResolverOptions resolving = TransportServer.resolving();
        servers.forEach(resolving::addServer);
        VertxOptions options = new VertxOptions().setAddressResolverOptions(resolving);
        return new EdgeFixture(
                options, HttpLimits.DEFAULT, Optional.empty(), FaultUpstream.start(scripts), 1);
    }

    /// Answers with the request's own `x-id` and path, so that a mix-up shows.
    static Script echo(Received request) {
        HttpMessage message = request.message();
        String id = message.field("x-id").orElse("-");
        return Script.answer(200, "x-id: " + id + "\r\n", id + " " + message.startLine());
    }

    static Endpoint local(int port) {
        return new Endpoint("127.0.0.1", port, TlsProfile.CLEAR, LOCAL);
    }

    static Step later(long millis) {
        return new Step.Pause(Duration.ofMillis(millis));
    }

    private static Response error(int loop, int status, String message) {
        return new Response(status, new HeaderLines().add("x-edge", "refused"), message, false);
    }

    private RequestConsumer begin(RequestHead head, Downstream downstream) {
        if (handler.isPresent()) {
            return handler.get().begin(head, downstream);
        }
        Relay relay = new Relay(this, head, downstream);
        if (!streamed.isEmpty()) {
            downstream.head(200, new HeaderLines(), -1);
            downstream.data(Unpooled.copiedBuffer(streamed, StandardCharsets.US_ASCII));
            downstream.flush();
        }
        early.apply(head).ifPresent(downstream::respond);
        return relay;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    RawClient client() throws IOException {
        return RawClient.connect(address(), PATIENCE);
    }

    /// One correlated request on a connection of its own.
    HttpMessage exchange(String id) throws IOException {
        try (RawClient client = client()) {
            return client.request("POST /echo HTTP/1.1", "x-id: " + id + "\r\n", "body " + id)
                    .response();
        }
    }

    /// Deadlines that the loop sweeps: one for each connection and each pool.
    int deadlines() {
        CompletableFuture<Integer> size = new CompletableFuture<>();
        LoopState loop = loops.getFirst();
        loop.execute(() -> size.complete(loop.deadlines().size()));
        return size.join();
    }

    /// Runs on the loop, behind what it is doing now.
    void onLoop(Runnable task) {
        loops.getFirst().execute(task);
    }

    TransportServer server() {
        return server;
    }

    FaultUpstream upstream() {
        return upstream;
    }

    List<RequestConsumer.CloseReason> closes() {
        return closes;
    }

    List<TransportFailure> failures() {
        return failures;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Endpoint endpoint(RequestHead head) {
        return endpoints.apply(head).orElse(endpoint);
    }

    /// Another endpoint for some requests.
    EdgeFixture endpoints(Function<RequestHead, Optional<Endpoint>> choice) {
        endpoints = choice;
        return this;
    }

    EdgeFixture endpoint(Endpoint next) {
        endpoint = next;
        return this;
    }

    CallTimeouts timeouts() {
        return timeouts;
    }

    EdgeFixture timeouts(CallTimeouts next) {
        timeouts = next;
        return this;
    }

    /// Answers on the head, as a refused key does.
    EdgeFixture early(Function<RequestHead, Optional<Response>> decision) {
        early = decision;
        return this;
    }

    /// Begins every reply on the head with these bytes and leaves it open.
    EdgeFixture streamEarly(String text) {
        streamed = text;
        return this;
    }

    /// Serves by this application instead of the relay.
    EdgeFixture handler(RequestHandler next) {
        handler = Optional.of(next);
        return this;
    }

    /// Waits for exactly one bug to be told, and takes it.
    Throwable awaitBug() {
        Throwable bug =
                Poll.until(PATIENCE, () -> "a bug was told", () -> bugs.stream().findFirst());
        bugs.clear();
        return bug;
    }

    /// Every bug that was told until now; the list is emptied.
    List<Throwable> takeBugs() {
        List<Throwable> taken = List.copyOf(bugs);
        bugs.removeAll(taken);
        return taken;
    }

    void peeked(int bytes) {
        peeked.addAndGet(bytes);
    }

    /// Body bytes that the application has seen.
    long peeked() {
        return peeked.get();
    }

    void awaitStats(String what, Function<TransportStats, Boolean> holds) {
        Poll.untilTrue(
                PATIENCE, () -> what + ": " + server.stats(), () -> holds.apply(server.stats()));
    }

    /// Nothing is held any more.
    void awaitQuiet() {
        awaitStats(
                "leases, body bytes or client connections are left",
                stats ->
                        stats.upstreamLeased() == 0
                                && stats.bufferedBodyBytes() == 0
                                && stats.clientConnections() == 0);
        assertNoConnectionIsLost();
    }

    /// Every connection in the upstream's ledger that is open is one that rests in a pool.
    private void assertNoConnectionIsLost() {
        Poll.untilTrue(
                PATIENCE,
                () -> upstream.open() + " connections are open, but " + server.stats(),
                () -> upstream.open() <= server.stats().upstreamIdle());
    }

    @Override
    public void close() {
        try {
            awaitQuiet();
            assertThat(loops).allMatch(loop -> loop.decodings().read() == 0);
            assertThat(bugs).isEmpty();
            Leaks.assertNone();
        } finally {
            upstream.close();
            await(vertx.close());
        }
    }
}

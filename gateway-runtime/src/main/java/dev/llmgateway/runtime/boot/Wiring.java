package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.ListenerTls;
import dev.llmgateway.runtime.admin.AdminFacts;
import dev.llmgateway.runtime.admin.AdminServer;
import dev.llmgateway.runtime.admin.AdminTokens;
import dev.llmgateway.runtime.balance.PoolMemory;
import dev.llmgateway.runtime.exchange.DecisionLog;
import dev.llmgateway.runtime.exchange.FramingErrors;
import dev.llmgateway.runtime.exchange.GatewayHandler;
import dev.llmgateway.runtime.exchange.LiveSnapshot;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.RequestIds;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.source.oauth.Refresher;
import dev.llmgateway.runtime.source.oauth.TokenStore;
import dev.llmgateway.runtime.telemetry.AccessLog;
import dev.llmgateway.runtime.telemetry.Meters;
import dev.llmgateway.runtime.transport.HttpLimits;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.RequestHandler;
import dev.llmgateway.runtime.transport.ServerTls;
import dev.llmgateway.runtime.transport.TransportServer;
import dev.llmgateway.runtime.transport.TransportStats;
import dev.llmgateway.runtime.upstream.simulated.SimulatedProvider;
import dev.llmgateway.runtime.usage.UsageLedger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// The one page that constructs everything and knows how it hangs together.
final class Wiring implements AdminFacts {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final Settings settings;
    private final Vertx vertx;
    private final Services services;
    private final TransportServer transport;
    private final AdminServer admin;
    private final DataCertificate certificate;
    private final SecureRandom seeds = new SecureRandom();
    private volatile LoadReport report = LoadReport.NOTHING;
    private volatile boolean draining;
    private volatile boolean listening;

    Wiring(Settings settings) {
        this.settings = settings;
        this.vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(true)
                                .setAddressResolverOptions(TransportServer.resolving())
                                .setEventLoopPoolSize(
                                        settings.loops() + 1)); // the admin port has one of its own
        this.services =
                new Services(
                        new LiveSnapshot(),
                        PoolMemory.seeded(seeds.nextLong()),
                        new DecisionLog(),
                        new SimulatedProvider(),
                        new UsageLedger(),
                        new Meters(),
                        new AccessLog(settings.loops(), new FileOutputStream(FileDescriptor.out))
                                .start(),
                        InstantSource.system());
        this.transport =
                new TransportServer(
                        vertx,
                        HttpLimits.DEFAULT,
                        new FramingErrors(services, ids()),
                        this::handler,
                        bug -> Console.complain("an exchange failed: " + bug));
        this.certificate = new DataCertificate(transport::updateTls, Console::complain);
        this.admin = new AdminServer(services, this, new AdminTokens(settings.adminTokenFile()));
    }

    private RequestHandler handler(Loop loop) {
        return GatewayHandler.on(loop, services, ids());
    }

    /// Keeps a folder's tokens fresh.
    Refresher refresher(Path folder) {
        return new Refresher(
                        new TokenStore(folder),
                        new RefusedTokens(services),
                        services.clock(),
                        "process-" + ProcessHandle.current().pid(),
                        Console::complain)
                .start();
    }

    /// Ids need to be unlike each other, not secret: one cheap generator per loop, well seeded.
    private RequestIds ids() {
        return new RequestIds(new SplittableRandom(seeds.nextLong()));
    }

    /// What the process knows beyond any plan.
    PoolMemory memory() {
        return services.pool();
    }

    /// Puts a plan in force; requests under way keep theirs, connections the certificate they were
    /// accepted with.
    void apply(Snapshot snapshot, SecretValues credentials) {
        Optional<ServerTls> tls = tls(snapshot, credentials);
        var limits = snapshot.plan().settings();
        transport.limits(
                HttpLimits.DEFAULT.with(
                        limits.maxBodyBytes(),
                        limits.bodyMemoryBytes(),
                        limits.maxConnectionsPerAddress()));
        services.swap(snapshot);
        certificate.offer(tls);
    }

    void report(LoadReport now) {
        report = now;
    }

    /// Opens both ports.
    ///
    /// @throws StartFailure naming the port that could not be opened
    Listening listen(SecretValues credentials) {
        int data = listenData(credentials);
        return new Listening(settings.bind(), data, listenAdmin());
    }

    int listenData(SecretValues credentials) {
        Snapshot snapshot = services.live().current();
        Optional<ServerTls> tls = snapshot == null ? Optional.empty() : tls(snapshot, credentials);
        int data =
                await(
                        transport.listen(settings.bind(), settings.port(), settings.loops(), tls),
                        "data",
                        settings.port());
        certificate.served(tls);
        listening = true;
        return data;
    }

    int listenAdmin() {
        HttpServer server =
                await(
                        admin.start(vertx, settings.bind(), settings.adminPort()),
                        "admin",
                        settings.adminPort());
        return server.actualPort();
    }

    /// @throws StartFailure when TLS is asked for and its Secret is not there: never clear text
    ///   then
    private static Optional<ServerTls> tls(Snapshot snapshot, SecretValues credentials) {
        return switch (snapshot.plan().settings().tls()) {
            case ListenerTls.Clear() -> Optional.empty();
            case ListenerTls.Served(var certificate, var privateKey, String clientCa) ->
                    Optional.of(
                            new ServerTls(
                                    required(credentials, certificate),
                                    required(credentials, privateKey),
                                    clientCa));
        };
    }

    private static String required(SecretValues credentials, CredentialRef ref) {
        return credentials
                .text(ref)
                .orElseThrow(() -> new StartFailure("the data port needs Secret " + ref, null));
    }

    private static <T> T await(Future<T> future, String what, int port) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new StartFailure(
                    "the " + what + " port " + port + " cannot be opened: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new StartFailure("the " + what + " port " + port + " did not open in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while opening the " + what + " port", e);
        }
    }

    /// Unready first, so that balancers look elsewhere; then no new connections; then what runs to
    /// its end.
    void drain() {
        draining = true;
        transport.leave();
        LockSupport.parkNanos(settings.drainDelay().toNanos());
        settle(transport.drain(settings.drainGrace()), settings.drainGrace().plusSeconds(2));
        close();
    }

    void close() {
        services.accessLog().close();
        settle(vertx.close(), Duration.ofSeconds(2));
    }

    private static void settle(Future<Void> future, Duration patience) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            Console.complain("the stop was not orderly: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public boolean listening() {
        return listening;
    }

    @Override
    public LoadReport report() {
        return report;
    }

    @Override
    public TransportStats transport() {
        return transport.stats();
    }
}

package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.source.FolderWatch;
import dev.llmgateway.runtime.source.KeptKey;
import dev.llmgateway.runtime.source.ManifestFolder;
import dev.llmgateway.runtime.source.MountWatch;
import dev.llmgateway.runtime.source.PlanSink;
import dev.llmgateway.runtime.source.RunningSource;
import dev.llmgateway.runtime.source.WatchedBundle;
import dev.llmgateway.runtime.source.kubernetes.ApiServer;
import dev.llmgateway.runtime.source.kubernetes.ApiTimes;
import dev.llmgateway.runtime.source.oauth.Refresher;
import dev.llmgateway.runtime.source.oauth.SignedIn;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The life of the process: load, listen, serve until asked to stop, drain, end.
final class GatewayProcess implements PlanSink {
    private final Settings settings;
    private final Wiring wiring;
    private final Set<String> told = new HashSet<>();
    private final CountDownLatch planned = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile SecretValues values = new SecretValues(Map.of());
    private volatile List<KeptKey> keys = List.of();
    private volatile List<SignedIn> signIns = List.of();
    private volatile @Nullable Refresher refresher;

    GatewayProcess(Settings settings) {
        this.settings = settings;
        this.wiring = new Wiring(settings);
    }

    /// Returns 1 when it could not start; else only after a stop signal, which ends the process
    /// itself.
    int run() {
        Thread stop = new Thread(this::stop, "stop");
        try (RunningSource _ = source()) {
            Runtime.getRuntime().addShutdownHook(stop);
            int admin = wiring.listenAdmin();
            if (!(settings.origin() instanceof PlanOrigin.Folder)) {
                // Only a plan says whether the data port is clear text; until then /readyz tells
                // what is missing.
                planned.await();
            }
            int data = wiring.listenData(values);
            Console.banner(settings, new Listening(settings.bind(), data, admin), keys);
            if (settings.origin() instanceof PlanOrigin.Folder(var directory, _)) {
                keepFresh(wiring.refresher(directory));
            }
            stopped.await();
            return 0;
        } catch (StartFailure | IOException e) {
            Console.complain(String.valueOf(e.getMessage()));
            Runtime.getRuntime().removeShutdownHook(stop); // it would make this end a success
            wiring.close();
            return 1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /// In a cluster the operator does it.
    private void keepFresh(Refresher own) {
        own.accounts(signIns);
        refresher = own;
        own.accounts(signIns); // those that came in between
    }

    @Override
    public void signIns(List<SignedIn> accounts) {
        signIns = accounts;
        Refresher own = refresher;
        if (own != null) {
            own.accounts(accounts);
        }
    }

    private RunningSource source() throws IOException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        return switch (settings.origin()) {
            case PlanOrigin.Folder(var directory, var gateway) ->
                    new FolderWatch(
                                    directory,
                                    new ManifestFolder(
                                            directory,
                                            gateway,
                                            System.getenv(),
                                            random,
                                            clock,
                                            this),
                                    Console::complain)
                            .start();
            case PlanOrigin.Watched(var gateway, var mount) ->
                    WatchedBundle.start(
                            ApiServer.inCluster(System.getenv()),
                            ApiTimes.DEFAULT,
                            gateway,
                            mount,
                            random,
                            clock,
                            this);
            case PlanOrigin.Mounted(var gateway, var mount) ->
                    MountWatch.start(mount, gateway, random, clock, this);
        };
    }

    /// Runs on the stop signal: unready first, then no new connections, then the running exchanges
    /// to their end.
    private void stop() {
        Refresher own = refresher;
        if (own != null) {
            own.close(); // while the calls it has under way can still be answered
        }
        wiring.drain();
        // The platform would end with 128 + signal; an orderly stop is a success.
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {
        SecretValues secrets = new SecretValues(credentials);
        values = secrets;
        wiring.apply(Snapshot.of(revision, plan, secrets, wiring.memory()), secrets);
        planned.countDown();
    }

    @Override
    public void report(LoadReport report, List<KeptKey> kept) {
        keys = kept;
        wiring.report(report);
        Set<String> now = new HashSet<>(report.problems());
        report.problems().stream().filter(told::add).forEach(Console::complain);
        told.retainAll(now);
    }
}

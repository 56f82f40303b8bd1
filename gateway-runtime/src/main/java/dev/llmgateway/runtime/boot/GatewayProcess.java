package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.source.FolderWatch;
import dev.llmgateway.runtime.source.KeptKey;
import dev.llmgateway.runtime.source.ManifestFolder;
import dev.llmgateway.runtime.source.PlanSink;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// The life of the process: load, listen, serve until asked to stop, drain, end.
final class GatewayProcess implements PlanSink {
    private final Settings settings;
    private final Wiring wiring;
    private final Set<String> told = new HashSet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile SecretValues values = new SecretValues(Map.of());
    private volatile List<KeptKey> keys = List.of();

    GatewayProcess(Settings settings) {
        this.settings = settings;
        this.wiring = new Wiring(settings);
    }

    /// Returns 1 when it could not start; else only after a stop signal, which ends the process
    /// itself.
    int run() throws IOException {
        var folder =
                new ManifestFolder(
                        settings.folder(),
                        settings.gateway(),
                        System.getenv(),
                        new SecureRandom(),
                        InstantSource.system(),
                        this);
        FolderWatch watch = new FolderWatch(settings.folder(), folder, Console::complain).start();
        try {
            Listening listening = wiring.listen(values);
            Console.banner(settings, listening, keys);
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
            stopped.await();
            return 0;
        } catch (StartFailure e) {
            Console.complain(String.valueOf(e.getMessage()));
            wiring.close();
            return 1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            watch.close();
        }
    }

    /// Runs on the stop signal: unready first, then no new connections, then the running exchanges
    /// to their end.
    private void stop() {
        wiring.drain();
        // The platform would end with 128 + signal; an orderly stop is a success.
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {
        SecretValues secrets = new SecretValues(credentials);
        values = secrets;
        wiring.apply(Snapshot.of(revision, plan, secrets, wiring.memory()), secrets);
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

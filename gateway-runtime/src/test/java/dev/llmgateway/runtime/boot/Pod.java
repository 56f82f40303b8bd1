package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.source.KeptKey;
import dev.llmgateway.runtime.source.PlanSink;
import dev.llmgateway.runtime.source.WatchedBundle;
import dev.llmgateway.runtime.source.kubernetes.ApiServer;
import dev.llmgateway.runtime.source.kubernetes.ApiTimes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A gateway in cluster mode, in this process: what `GatewayProcess` does, without its signals.
final class Pod implements PlanSink, AutoCloseable {
    private final Wiring wiring;
    private final CountDownLatch planned = new CountDownLatch(1);
    private volatile SecretValues values = new SecretValues(Map.of());
    private final WatchedBundle source;
    private int data;
    private int admin;

    private Pod(URI api, Path folder) {
        this.wiring =
                new Wiring(
                        new Settings(
                                new PlanOrigin.Watched(
                                        new ObjectRef("default", "main"), Optional.empty()),
                                0,
                                0,
                                "127.0.0.1",
                                Duration.ZERO,
                                Duration.ZERO,
                                Optional.of(folder.resolve("admin")),
                                1));
        this.source =
                WatchedBundle.start(
                        new ApiServer(api, folder.resolve("token"), Optional.empty()),
                        ApiTimes.DEFAULT,
                        new ObjectRef("default", "main"),
                        Optional.empty(),
                        new Random(7),
                        InstantSource.system(),
                        this);
    }

    /// @param folder with the files `token` and `admin`
    static Pod start(URI api, Path folder) {
        Pod pod = new Pod(api, folder);
        pod.listen();
        return pod;
    }

    private void listen() {
        admin = wiring.listenAdmin();
        try {
            if (!planned.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("no plan");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        data = wiring.listenData(values);
    }

    int data() {
        return data;
    }

    int admin() {
        return admin;
    }

    @Override
    public void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {
        SecretValues secrets = new SecretValues(credentials);
        values = secrets;
        wiring.apply(Snapshot.of(revision, plan, secrets, wiring.memory()), secrets);
        planned.countDown();
    }

    @Override
    public void report(LoadReport report, List<KeptKey> keys) {
        wiring.report(report);
    }

    @Override
    public void close() {
        source.close();
        wiring.close();
    }
}

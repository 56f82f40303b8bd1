package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.source.FolderWatch;
import dev.llmgateway.runtime.source.KeptKey;
import dev.llmgateway.runtime.source.ManifestFolder;
import dev.llmgateway.runtime.source.PlanSink;
import dev.llmgateway.runtime.source.oauth.Refresher;
import dev.llmgateway.runtime.source.oauth.SignedIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A gateway on a folder, in this process: what `GatewayProcess` does, without its signals. Several
/// on one folder are to each other what processes are: a file lock belongs to one of them.
final class FolderGateway implements PlanSink, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Wiring wiring;
    private final FolderWatch watch;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile SecretValues values = new SecretValues(Map.of());
    private volatile LoadReport report = LoadReport.NOTHING;
    private volatile List<SignedIn> signIns = List.of();
    private volatile @Nullable Refresher refresher; // the first look comes before it
    private final int data;

    private FolderGateway(Path folder) throws IOException {
        wiring =
                new Wiring(
                        new Settings(
                                new PlanOrigin.Folder(folder, ""),
                                0,
                                0,
                                "127.0.0.1",
                                Duration.ZERO,
                                Duration.ZERO,
                                Optional.empty(),
                                1));
        watch =
                new FolderWatch(
                                folder,
                                new ManifestFolder(
                                        folder,
                                        "",
                                        Map.of(),
                                        new Random(7),
                                        InstantSource.system(),
                                        this),
                                said::add)
                        .start();
        data = wiring.listenData(values);
        Refresher own = wiring.refresher(folder);
        refresher = own;
        own.accounts(signIns);
    }

    static FolderGateway start(Path folder) {
        try {
            return new FolderGateway(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {
        SecretValues secrets = new SecretValues(credentials);
        values = secrets;
        wiring.apply(Snapshot.of(revision, plan, secrets, wiring.memory()), secrets);
    }

    @Override
    public void report(LoadReport now, List<KeptKey> keys) {
        report = now;
    }

    @Override
    public void signIns(List<SignedIn> accounts) {
        signIns = accounts;
        Refresher own = refresher;
        if (own != null) {
            own.accounts(accounts);
        }
    }

    List<String> problems() {
        return report.problems();
    }

    int call(String key) {
        return call(URI.create("http://127.0.0.1:" + data), key).status();
    }

    /// One request of a client.
    static HttpMessage call(URI gateway, String key) {
        String body = "{\"model\":\"m\",\"messages\":[]}";
        try (RawClient client = RawClient.connect(gateway, PATIENCE)) {
            return client.send(
                            "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nx-api-key: "
                                    + key
                                    + "\r\ncontent-type: application/json\r\ncontent-length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body)
                    .response();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        Refresher own = refresher;
        if (own != null) {
            own.close();
        }
        watch.close();
        wiring.close();
    }
}

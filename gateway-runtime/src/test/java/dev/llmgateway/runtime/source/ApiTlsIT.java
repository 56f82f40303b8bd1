package dev.llmgateway.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.source.kubernetes.ApiServer;
import dev.llmgateway.runtime.source.kubernetes.ApiTimes;
import dev.llmgateway.runtime.transport.Certificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API server's certificate: trusted by the mounted roots alone, which are renewed under a
/// running pod.
class ApiTlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ApiTimes TIMES = new ApiTimes(2_000, 1_000, 1_000, 500, 10, 100);

    @TempDir private Path folder;
    private final PlanRecorder sink = new PlanRecorder();
    private final Publisher publisher = new Publisher();
    private ScriptedApi api;

    @BeforeEach
    void begin() throws Exception {
        Certificate first = Certificate.of(folder, "ip:127.0.0.1");
        Files.writeString(folder.resolve("token"), "token-1");
        Files.writeString(folder.resolve("ca.crt"), first.pem());
        api = server(first, 0);
    }

    @AfterEach
    void end() throws IOException {
        api.close();
    }

    @Test
    void renewedRootsAreTakenIntoUseAndNothingElseIsTrusted() throws Exception {
        Certificate second = Certificate.of(folder, "ip:127.0.0.1,dns:second");
        Certificate misnamed = Certificate.of(folder, "dns:other");
        int port = api.address().getPort();
        publisher.publish(api, Publisher.keys(1));
        try (WatchedBundle _ = follow(port)) {
            awaitTrue(() -> sink.revision().equals("r-1"));

            serve(second, port);
            republish(api);
            awaitTrue(() -> sink.problems.stream().anyMatch(ApiTlsIT::aboutTrust));
            assertThat(api.lists()).isZero();
            Files.writeString(folder.resolve("ca.crt"), second.pem());
            awaitTrue(() -> sink.revision().equals("r-2"));

            serve(misnamed, port);
            sink.problems.clear();
            Files.writeString(folder.resolve("ca.crt"), misnamed.pem());
            awaitTrue(() -> sink.problems.stream().anyMatch(ApiTlsIT::aboutTrust));
            assertThat(api.lists()).isZero();
        }
    }

    /// What a TLS library says of a certificate, and nothing of a refused connection.
    private static boolean aboutTrust(String problem) {
        return problem.matches("(?i).*(certificat|handshake|ssl|PKIX|127.0.0.1).*")
                && !problem.contains("refused");
    }

    /// The whole bundle, as another server has it.
    private void republish(ScriptedApi server) {
        Publisher fresh = new Publisher();
        fresh.publish(server, Publisher.keys(1));
        fresh.publish(server, Publisher.keys(2));
    }

    private WatchedBundle follow(int port) {
        return WatchedBundle.start(
                new ApiServer(
                        URI.create("https://127.0.0.1:" + port),
                        folder.resolve("token"),
                        Optional.of(folder.resolve("ca.crt"))),
                TIMES,
                new ObjectRef("default", "main"),
                Optional.empty(),
                new Random(7),
                InstantSource.system(),
                sink);
    }

    /// In place of the server before.
    private void serve(Certificate certificate, int port) throws Exception {
        api.close();
        api = server(certificate, port);
    }

    private static ScriptedApi server(Certificate certificate, int port)
            throws GeneralSecurityException {
        return ScriptedApi.start(certificate.context().getServerSocketFactory(), port);
    }

    private void awaitTrue(BooleanSupplier look) {
        Poll.untilTrue(PATIENCE, () -> sink.revision() + ", " + sink.problems, look);
    }
}

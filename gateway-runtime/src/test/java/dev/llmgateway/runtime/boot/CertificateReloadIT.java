package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.ListenerTls;
import dev.llmgateway.fixtures.http.MessageReader;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.transport.Certificate;
import dev.llmgateway.runtime.transport.ServerTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A changed Secret of the data port, from the plan to the wire.
class CertificateReloadIT {
    private static final CredentialRef CHAIN = new CredentialRef("default", "gw-tls", "tls.crt");
    private static final CredentialRef KEY = new CredentialRef("default", "gw-tls", "tls.key");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void newConnectionsSeeANewCertificateAndNoneIsDropped(@TempDir Path folder) throws Exception {
        Certificate first = Certificate.of(folder, "dns:localhost");
        Certificate second = Certificate.of(folder, "dns:localhost,dns:second");
        Wiring wiring = new Wiring(settings(folder));
        try {
            apply(wiring, first.served(), "r-1");
            int port = wiring.listen(values(first.served())).dataPort();
            try (SSLSocket open = connect(first, port)) {
                assertThat(answered(open)).isTrue();
                AtomicBoolean stop = new AtomicBoolean();
                Thread traffic =
                        Thread.ofVirtual().start(() -> serveBoth(first, second, port, stop));

                apply(wiring, second.served(), "r-2");

                Poll.untilTrue(PATIENCE, () -> "not served", () -> serves(second, port));
                assertThat(serves(first, port)).isFalse();
                assertThat(answered(open)).isTrue();

                apply(wiring, new ServerTls("no", "certificate", ""), "r-3");
                apply(wiring, second.served(), "r-4");
                assertThat(serves(second, port)).isTrue();
                apply(wiring, first.served(), "r-5");
                Poll.untilTrue(PATIENCE, () -> "not served again", () -> serves(first, port));
                stop.set(true);
                traffic.join();
                assertThat(dropped).hasValue(0);
                assertThat(answered(open)).isTrue();
            }
        } finally {
            wiring.close();
        }
    }

    private final AtomicInteger dropped = new AtomicInteger();

    /// Every new connection is served under one certificate or the other.
    private void serveBoth(Certificate first, Certificate second, int port, AtomicBoolean stop) {
        while (!stop.get()) {
            if (!serves(first, port) && !serves(second, port) && !serves(first, port)) {
                dropped.incrementAndGet();
            }
        }
    }

    private static boolean serves(Certificate certificate, int port) {
        try (SSLSocket socket = connect(certificate, port)) {
            return answered(socket);
        } catch (SSLException _) {
            return false;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean answered(SSLSocket socket) throws IOException {
        String request = "GET /v1/models HTTP/1.1\r\nhost: test\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new MessageReader(socket.getInputStream()).response(false).status() == 401;
    }

    private static SSLSocket connect(Certificate certificate, int port)
            throws IOException, GeneralSecurityException {
        SSLSocket socket =
                (SSLSocket)
                        certificate.anonymous().getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        return socket;
    }

    private static void apply(Wiring wiring, ServerTls tls, String revision) {
        SecretValues values = values(tls);
        wiring.apply(
                Snapshot.of(
                        revision,
                        Plans.with(
                                Plans.gateway(List.of(), List.of()), served(Plans.settings(false))),
                        values,
                        wiring.memory()),
                values);
    }

    private static SecretValues values(ServerTls tls) {
        return new SecretValues(Map.of(CHAIN, tls.certificate(), KEY, tls.privateKey()));
    }

    private static GatewaySettings served(GatewaySettings plain) {
        return new GatewaySettings(
                plain.strategy(),
                plain.affinity(),
                plain.passUnmatched(),
                plain.defaultPool(),
                plain.maxAttempts(),
                plain.retryBudgetPercent(),
                plain.commitPoint(),
                plain.maxBodyBytes(),
                plain.maxConcurrent(),
                plain.bodyMemoryBytes(),
                plain.maxConnectionsPerAddress(),
                plain.corsOrigins(),
                plain.strictTranslation(),
                false, // the log would go to the test process's own output
                plain.simulation(),
                new ListenerTls.Served(CHAIN, KEY, ""),
                plain.budgets());
    }

    private static Settings settings(Path folder) {
        return new Settings(
                new PlanOrigin.Folder(folder, ""),
                0,
                0,
                "127.0.0.1",
                Duration.ZERO,
                Duration.ofSeconds(1),
                Optional.empty(),
                2);
    }
}

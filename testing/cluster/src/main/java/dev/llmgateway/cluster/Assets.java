package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// `etcd` and `kube-apiserver` from a folder as envtest has them. There are no controllers: nobody
/// makes ReplicaSets, ServiceAccounts or endpoints, or collects garbage.
final class Assets {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path programs;
    private final Path folder;

    private Assets(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    static RunningCluster start(Path programs) {
        try {
            return new Assets(programs, Files.createTempDirectory("assets-cluster")).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunningCluster start() throws IOException {
        String token = UUID.randomUUID().toString();
        Files.writeString(file("tokens.csv"), token + ",admin,admin,system:masters\n");
        writeKeys();
        String store = "http://127.0.0.1:" + freePort();
        Process etcd = etcd(store);
        int port = freePort();
        Process server = server(store, port);
        Path kubeconfig = file("kubeconfig");
        Files.writeString(kubeconfig, kubeconfig(port, token));
        Kubectl kubectl = new Kubectl(programs.resolve("kubectl"), kubeconfig, "default");
        Poll.untilTrue(
                PATIENCE,
                () -> "the API server of " + programs + " is ready; its log is in " + folder,
                () -> kubectl.tried("", "get", "--raw=/readyz").exit() == 0);
        return RunningCluster.foreign(
                kubeconfig,
                kubectl.program(),
                () -> {
                    List.of(server, etcd)
                            .forEach(process -> process.destroyForcibly().onExit().join());
                    remove(folder);
                });
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process etcd(String store) throws IOException {
        String peers = "http://127.0.0.1:" + freePort();
        return run(
                "etcd",
                "--data-dir=" + file("etcd"),
                "--listen-client-urls=" + store,
                "--advertise-client-urls=" + store,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync");
    }

    private Process server(String store, int port) throws IOException {
        return run(
                "kube-apiserver",
                "--etcd-servers=" + store,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + file("certificates"),
                "--advertise-address=192.0.2.1", // nobody's: a loopback address is refused
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + file("tokens.csv"),
                "--disable-admission-plugins=ServiceAccount", // whose objects a controller makes
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + file("accounts.pub"),
                "--service-account-signing-key-file=" + file("accounts.key"));
    }

    private Process run(String program, String... flags) throws IOException {
        String[] command = new String[flags.length + 1];
        command[0] = programs.resolve(program).toString();
        System.arraycopy(flags, 0, command, 1, flags.length);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(file(program + ".log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    private void writeKeys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            writePem("accounts.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            writePem("accounts.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    private void writePem(String name, String kind, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file(name),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind));
    }

    /// The server signs its own certificate, on loopback.
    private static String kubeconfig(int port, String token) {
        return """
        apiVersion: v1
        kind: Config
        current-context: assets
        clusters: [{name: assets, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
        users: [{name: assets, user: {token: "%s"}}]
        contexts: [{name: assets, context: {cluster: assets, user: assets}}]
        """
                .formatted(port, token);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

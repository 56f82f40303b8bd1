package dev.llmgateway.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The pods of one gateway, each reached through a port-forward of its own, with the token of
/// `<gateway>-admin`.
public final class GatewayPods implements AutoCloseable {
    private static final int ADMIN_PORT = 9090;

    private final List<AdminPort> ports = new ArrayList<>();
    private final List<String> unreachable = new ArrayList<>();
    private final List<PortForward> forwards = new ArrayList<>();

    private GatewayPods() {}

    /// @param gateway name of a GatewayConfig in the kubectl's namespace
    public static GatewayPods open(Kubectl kubectl, String gateway) {
        GatewayPods pods = new GatewayPods();
        String token = token(kubectl, gateway);
        List<String> names =
                list(kubectl, gateway).stream()
                        .map(pod -> pod.at("/metadata/name").asText())
                        .toList();
        List<FutureTask<Optional<PortForward>>> ways =
                names.stream().map(pod -> new FutureTask<>(() -> way(kubectl, pod))).toList();
        ways.forEach(Thread::startVirtualThread); // each takes a quarter of a second
        for (int i = 0; i < names.size(); i++) {
            pods.add(names.get(i), found(ways.get(i)), token);
        }
        return pods;
    }

    /// Pods that run or are about to.
    public static List<JsonNode> list(Kubectl kubectl, String gateway) {
        List<JsonNode> pods = new ArrayList<>();
        String selector = "app.kubernetes.io/name=llm-gateway,llm-gateway.dev/gateway=" + gateway;
        for (JsonNode pod : kubectl.json("get", "pods", "--selector=" + selector).path("items")) {
            boolean ends = pod.at("/metadata").has("deletionTimestamp");
            String phase = pod.at("/status/phase").asText();
            if (!ends && !phase.equals("Succeeded") && !phase.equals("Failed")) {
                pods.add(pod);
            }
        }
        return pods;
    }

    private static String token(Kubectl kubectl, String gateway) {
        JsonNode secret = kubectl.json("get", "secret", gateway + "-admin");
        byte[] token = Base64.getDecoder().decode(secret.at("/data/token").asText());
        return new String(token, StandardCharsets.US_ASCII);
    }

    private static Optional<PortForward> found(FutureTask<Optional<PortForward>> way) {
        try {
            return way.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    private void add(String pod, Optional<PortForward> way, String token) {
        way.ifPresentOrElse(
                forward -> {
                    forwards.add(forward);
                    ports.add(new AdminPort(pod, "127.0.0.1", forward.port(), token));
                },
                () -> unreachable.add(pod));
    }

    /// A pod that just ended must not hide the others.
    private static Optional<PortForward> way(Kubectl kubectl, String pod) {
        try {
            return Optional.of(PortForward.open(kubectl, "pod/" + pod, 0, ADMIN_PORT));
        } catch (Failure e) {
            if (e.key().equals("forbidden")) {
                throw e;
            }
            return Optional.empty();
        }
    }

    public List<AdminPort> ports() {
        return List.copyOf(ports);
    }

    public List<String> unreachable() {
        return List.copyOf(unreachable);
    }

    @Override
    public void close() {
        forwards.forEach(PortForward::close);
    }
}

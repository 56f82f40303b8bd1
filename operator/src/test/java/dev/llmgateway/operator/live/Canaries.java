package dev.llmgateway.operator.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// Listens to everything that is logged, ours at every level and all others' at DEBUG (a build of
/// Quarkus holds no TRACE), and looks for secrets there and in all that people can read.
final class Canaries implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("dev.llmgateway");

    /// The identity provider's own server, which logs what it is asked.
    private final Logger provider = Logger.getLogger("com.sun.net.httpserver");

    private final Map<Logger, Level> before;
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(text(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private Canaries() {
        before = Map.of(root, level(root), ours, level(ours), provider, level(provider));
        root.setLevel(Level.FINE);
        ours.setLevel(Level.ALL);
        provider.setLevel(Level.OFF);
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    static Canaries listen() {
        return new Canaries();
    }

    private static Level level(Logger logger) {
        Level level = logger.getLevel();
        return level == null ? Level.INFO : level;
    }

    private static String text(LogRecord line) {
        StringWriter text = new StringWriter();
        text.write(line.getMessage() + " " + Arrays.toString(line.getParameters()));
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    /// @param secrets that must be found nowhere, neither as they are nor in base64
    void assertNoneIn(KubernetesClient client, String namespace, Collection<String> secrets) {
        assertThat(lines).as("something was logged").isNotEmpty();
        List<String> said = Stream.concat(lines.stream(), objects(client, namespace)).toList();
        for (String secret : secrets) {
            String encoded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
            String start = encoded.substring(0, encoded.length() - 4);
            assertThat(said)
                    .as("a secret that begins with " + secret.substring(0, 8))
                    .noneMatch(each -> each.contains(secret) || each.contains(start));
        }
    }

    /// Accounts, gateways, Events and ConfigMaps whole, of Secrets the metadata.
    private static Stream<String> objects(KubernetesClient client, String namespace) {
        Stream<HasMetadata> readable =
                Stream.of("UpstreamAccount", "GatewayConfig")
                        .flatMap(kind ->
                                client
                                        .genericKubernetesResources(
                                                "llm-gateway.dev/v1alpha1", kind)
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems()
                                        .stream());
        Stream<HasMetadata> events =
                client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                        .map(each -> each);
        Stream<HasMetadata> maps =
                client.configMaps().inNamespace(namespace).list().getItems().stream()
                        .map(each -> each);
        Stream<ObjectMeta> secrets =
                client.secrets().inNamespace(namespace).list().getItems().stream()
                        .map(HasMetadata::getMetadata);
        return Stream.of(readable, events, maps, secrets)
                .flatMap(each -> each)
                .map(each -> client.getKubernetesSerialization().asYaml(each));
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        before.forEach(Logger::setLevel);
    }
}

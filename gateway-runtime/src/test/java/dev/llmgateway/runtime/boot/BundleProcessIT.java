package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.source.Publisher;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program itself in cluster mode, from its arguments to SIGTERM.
class BundleProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void aPodWaitsForItsFirstPlanSaysWhyServesAndStops() throws Exception {
        int admin = freePort();
        Path mount = Files.createDirectory(folder.resolve("mount"));
        Process process =
                start(
                        "--bundle=main",
                        "--namespace=default",
                        "--mount=" + mount,
                        "--propagation=Mount",
                        "--port=0",
                        "--admin-port=" + admin);
        try {
            URI base = URI.create("http://127.0.0.1:" + admin);
            await(() -> get(base.resolve("/livez")).startsWith("200"));
            await(() ->
                    get(base.resolve("/readyz"))
                            .startsWith("503 no plan loaded: there is no index in the mount"));
            assertThat(output()).doesNotContain("listening");

            mount(mount, new Publisher().next(Publisher.keys(1)));

            await(() -> get(base.resolve("/readyz")).startsWith("200"));
            await(() -> output().contains("listening data=127.0.0.1:"));
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bundle=main --namespace=a --dir=. | 2 | give either --dir DIR or --bundle NAME",
                "--port=0 | 2 | give either --dir DIR or --bundle NAME",
                "--bundle=main --namespace=a --propagation=Mount | 2 | needs --mount DIR",
                "--bundle=main | 2 | --bundle needs --namespace outside of a pod",
                "--bundle=main --namespace=a | 1 | KUBERNETES_SERVICE_HOST is not set: this is no pod"
            })
    void whatIsMissingIsSaid(String arguments, int code, String message) throws Exception {
        Process process = start(arguments.split(" ", -1));

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(output()).contains(message).doesNotContain("Exception");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("KUBERNETES_SERVICE_HOST");
        return builder.redirectOutput(folder.resolve("output").toFile()).start();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Status and body; empty: nobody answers.
    private static String get(URI page) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(page).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static void mount(Path mount, BundleStep step) throws IOException {
        for (var write : step.writes()) {
            Path object = Files.createDirectory(mount.resolve(write.name().object("main")));
            Files.write(
                    object.resolve(write.content().key()),
                    Base64.getDecoder().decode(write.content().base64()));
        }
        Path index = Files.createDirectory(mount.resolve("main-plan"));
        Files.writeString(index.resolve("index.json"), step.index().encode());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await(java.util.function.BooleanSupplier look) {
        Poll.untilTrue(PATIENCE, this::output, look);
    }
}

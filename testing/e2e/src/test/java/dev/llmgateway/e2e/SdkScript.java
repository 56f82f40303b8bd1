package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;

/// A script of checks with an official SDK. Every line `ok NAME` or `FAIL NAME: …` becomes a test
/// of its own.
final class SdkScript {
    static final String PYTHON = Repository.root().resolve(".setup/venv/bin/python").toString();
    private static final Path SCRIPTS = Repository.root().resolve("testing/e2e");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private SdkScript() {}

    /// @param script relative to `testing/e2e`
    static List<DynamicTest> run(GatewayProcess gateway, Map<String, String> more, String script) {
        String interpreter = script.endsWith(".py") ? PYTHON : "node";
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "GATEWAY_URL",
                                gateway.data().toString(),
                                "GATEWAY_KEY",
                                Manifests.KEY,
                                "PYTHONDONTWRITEBYTECODE",
                                "1",
                                "NO_PROXY",
                                "*"));
        environment.putAll(more);
        Child child =
                Child.run(
                        List.of(interpreter, SCRIPTS.resolve(script).toString()),
                        environment,
                        PATIENCE);
        return tests(script, child, gateway.stderr());
    }

    private static List<DynamicTest> tests(String script, Child child, String gatewayErrors) {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : child.output().lines().toList()) {
            if (line.startsWith("ok ") || line.startsWith("FAIL ")) {
                String name = line.split(" ", 2)[1].split(":", 2)[0];
                tests.add(
                        dynamicTest(
                                script + " " + name,
                                () -> assertThat(line).isEqualTo("ok " + name)));
            }
        }
        int checks = tests.size();
        tests.add(
                dynamicTest(
                        script + " ran to its end",
                        () -> {
                            assertThat(checks).as(child.output()).isPositive();
                            assertThat(child.output()).contains("ran " + checks + "\n");
                            assertThat(gatewayErrors).as("the gateway's standard error").isEmpty();
                        }));
        return tests;
    }
}

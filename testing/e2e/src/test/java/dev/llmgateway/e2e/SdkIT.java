package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.process.Repository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The official SDKs, unchanged, against the packaged gateway. Every line `ok NAME` or `FAIL NAME:
/// …` of a script becomes a test of its own.
///
/// One script alone: `GATEWAY_URL=… GATEWAY_KEY=… .setup/venv/bin/python
/// testing/e2e/python/anthropic_checks.py`.
class SdkIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path PYTHON = Repository.root().resolve(".setup/venv/bin/python");
    private static final Path SCRIPTS = Repository.root().resolve("testing/e2e");

    /// What the account behind the gateway speaks; none named = every format.
    private static final String ALL = "";

    private static final String ONLY_CHAT = "ChatCompletions";
    private static final String ONLY_MESSAGES = "Messages CountTokens";

    @TestFactory
    List<DynamicTest> anthropicForPython(@TempDir Path folder) {
        return checks(folder, ALL, PYTHON.toString(), "python/anthropic_checks.py");
    }

    @TestFactory
    List<DynamicTest> openaiForPython(@TempDir Path folder) {
        return checks(folder, ALL, PYTHON.toString(), "python/openai_checks.py");
    }

    @TestFactory
    List<DynamicTest> anthropicForJavaScript(@TempDir Path folder) {
        return checks(folder, ALL, "node", "js/anthropic_checks.js");
    }

    @TestFactory
    List<DynamicTest> openaiForJavaScript(@TempDir Path folder) {
        return checks(folder, ALL, "node", "js/openai_checks.js");
    }

    @TestFactory
    List<DynamicTest> anthropicForPythonBeforeAnAccountOfChat(@TempDir Path folder) {
        return checks(folder, ONLY_CHAT, PYTHON.toString(), "python/anthropic_checks.py");
    }

    @TestFactory
    List<DynamicTest> openaiForPythonBeforeAnAccountOfMessages(@TempDir Path folder) {
        return checks(folder, ONLY_MESSAGES, PYTHON.toString(), "python/openai_checks.py");
    }

    @TestFactory
    List<DynamicTest> anthropicForJavaScriptBeforeAnAccountOfChat(@TempDir Path folder) {
        return checks(folder, ONLY_CHAT, "node", "js/anthropic_checks.js");
    }

    @TestFactory
    List<DynamicTest> openaiForJavaScriptBeforeAnAccountOfMessages(@TempDir Path folder) {
        return checks(folder, ONLY_MESSAGES, "node", "js/openai_checks.js");
    }

    private static List<DynamicTest> checks(
            Path folder, String formats, String interpreter, String script) {
        Manifests manifests = Manifests.simulated(folder);
        if (!formats.isEmpty()) {
            manifests.write(
                    "account.yaml",
                    Manifests.object(
                            "UpstreamAccount",
                            "simulated",
                            "provider: Simulated\nformats: [" + formats.replace(" ", ", ") + "]"));
        }
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            Child child = run(gateway.data(), formats, interpreter, script);
            return tests(script, child, gateway.stderr());
        }
    }

    private static Child run(URI base, String formats, String interpreter, String script) {
        Map<String, String> environment =
                Map.of(
                        "GATEWAY_URL",
                        base.toString(),
                        "GATEWAY_KEY",
                        Manifests.KEY,
                        "UPSTREAM_FORMATS",
                        formats,
                        "PYTHONDONTWRITEBYTECODE",
                        "1",
                        "NO_PROXY",
                        "*");
        return Child.run(
                List.of(interpreter, SCRIPTS.resolve(script).toString()), environment, PATIENCE);
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

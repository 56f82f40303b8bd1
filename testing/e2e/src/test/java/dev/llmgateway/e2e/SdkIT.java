package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.GatewayProcess;
import java.nio.file.Path;
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
    /// What the account behind the gateway speaks; none named = every format.
    private static final String ALL = "";

    private static final String ONLY_CHAT = "ChatCompletions";
    private static final String ONLY_MESSAGES = "Messages CountTokens";

    private static final List<String> OPENAI =
            List.of("python/openai_checks.py", "js/openai_checks.js");
    private static final List<String> ANTHROPIC =
            List.of("python/anthropic_checks.py", "js/anthropic_checks.js");

    @TestFactory
    List<DynamicTest> openaiBeforeAnAccountOfEveryFormat(@TempDir Path folder) {
        return checks(folder, ALL, OPENAI);
    }

    @TestFactory
    List<DynamicTest> anthropicBeforeAnAccountOfEveryFormat(@TempDir Path folder) {
        return checks(folder, ALL, ANTHROPIC);
    }

    @TestFactory
    List<DynamicTest> openaiBeforeAnAccountOfMessages(@TempDir Path folder) {
        return checks(folder, ONLY_MESSAGES, OPENAI);
    }

    @TestFactory
    List<DynamicTest> anthropicBeforeAnAccountOfChat(@TempDir Path folder) {
        return checks(folder, ONLY_CHAT, ANTHROPIC);
    }

    private static List<DynamicTest> checks(Path folder, String formats, List<String> scripts) {
        Manifests manifests = Manifests.simulated(folder);
        if (!formats.isEmpty()) {
            manifests.write(
                    "account.yaml",
                    Manifests.object(
                            "UpstreamAccount",
                            "simulated",
                            "provider: Simulated\nformats: [" + formats.replace(" ", ", ") + "]"));
        }
        List<DynamicTest> tests = new ArrayList<>();
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            for (String script : scripts) {
                tests.addAll(SdkScript.run(gateway, Map.of("UPSTREAM_FORMATS", formats), script));
            }
        }
        return tests;
    }
}

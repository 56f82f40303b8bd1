package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.GatewayProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Canned conversations of a scripted vendor, held with the official SDKs: each in the SDK's own
/// format, and translated from the other one. What both end with must be the same.
class SdkTranslationIT {
    @TestFactory
    List<DynamicTest> conversations(@TempDir Path folder) {
        try (ScriptedVendor vendor = new ScriptedVendor()) {
            vendor.manifests(folder);
            List<DynamicTest> tests = new ArrayList<>();
            try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
                tests.addAll(SdkScript.run(gateway, Map.of(), "python/openai_translation.py"));
                tests.addAll(SdkScript.run(gateway, Map.of(), "python/anthropic_translation.py"));
            }
            try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
                tests.addAll(SdkScript.run(gateway, Map.of(), "python/responses_translation.py"));
                tests.addAll(SdkScript.run(gateway, Map.of(), "python/openai_schema.py"));
            }
            // A gateway anew: what the first clients broke must not be cooling down.
            try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
                tests.addAll(SdkScript.run(gateway, Map.of(), "js/openai_translation.js"));
                tests.addAll(SdkScript.run(gateway, Map.of(), "js/anthropic_translation.js"));
            }
            try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
                tests.addAll(SdkScript.run(gateway, Map.of(), "js/responses_translation.js"));
            }
            return tests;
        }
    }
}

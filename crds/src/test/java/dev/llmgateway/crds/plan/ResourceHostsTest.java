package dev.llmgateway.crds.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceHostsTest {
    private static final List<String> HOSTS = List.of("*.qwen.ai", "127.0.0.1");

    @ParameterizedTest
    @CsvSource({
        "portal.qwen.ai, https://portal.qwen.ai/v1",
        "PORTAL.qwen.ai/, https://PORTAL.qwen.ai/v1",
        "https://portal.qwen.ai/compatible/v1/, https://portal.qwen.ai/compatible/v1",
        "http://127.0.0.1:8080/v1, http://127.0.0.1:8080/v1",
    })
    void aListedHostIsTaken(String text, String url) {
        assertThat(ResourceHosts.baseURL(text, HOSTS)).contains(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "qwen.ai.evil.example",
                "evilqwen.ai",
                "https://evil.example/portal.qwen.ai",
                "https://portal.qwen.ai@evil.example",
                "https://user@portal.qwen.ai",
                "https://portal.qwen.ai?x=1",
                "http://portal.qwen.ai",
                "ftp://portal.qwen.ai",
                "file:///etc/passwd",
                "http://169.254.169.254/latest",
                "https://[::1]",
                "https://portal.qwen.ai\n.evil.example",
                "https://portal.qwen.ai%2e.evil.example",
                "//evil.example",
            })
    void anyOtherIsRefused(String text) {
        assertThat(ResourceHosts.baseURL(text, HOSTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal.qwen.ai", "https://portal.qwen.ai/v1"})
    void whereNothingIsListedNothingIsTaken(String text) {
        assertThat(ResourceHosts.baseURL(text, List.of())).isEmpty();
    }
}

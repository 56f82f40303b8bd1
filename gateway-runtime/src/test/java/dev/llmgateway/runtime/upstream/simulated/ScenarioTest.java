package dev.llmgateway.runtime.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simulated-echo             | Echo[]",
                "simulated-tool             | Tool[]",
                "simulated-thinking         | Thinking[]",
                "simulated-slow             | Slow[gapMillis=20]",
                "simulated-slow-5           | Slow[gapMillis=5]",
                "simulated-slow-999999999   | Slow[gapMillis=60000]",
                "simulated-long-7           | Wordy[words=7]",
                "simulated-long-0           | Wordy[words=1]",
                "simulated-long-999999999   | Wordy[words=10000]",
                "simulated-429              | Refuse[status=429, retryAfterSeconds=1]",
                "simulated-429-30           | Refuse[status=429, retryAfterSeconds=30]",
                "simulated-400              | Refuse[status=400, retryAfterSeconds=0]",
                "simulated-529              | Refuse[status=529, retryAfterSeconds=0]",
                "simulated-cut              | Cut[]",
                "simulated-overloaded-event | OverloadedEvent[]",
                "simulated-hang             | Hang[]",
                "simulated-200              | Friendly[]",
                "simulated-99999999999999   | Friendly[]",
                "simulated-                 | Friendly[]",
                "simulated-anything         | Friendly[]",
                "gpt-5                      | Friendly[]"
            })
    void a_name_chooses_what_is_played(String model, String scenario) {
        assertThat(Scenario.of(model)).hasToString(scenario);
    }
}

package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.GatewaySettings.AffinityPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffinityKeyTest {
    private static final List<String> ALL = List.of("Header", "MetadataUserID", "PromptPrefix");
    private static final String UUID = "0fd6c6a5-6f5c-4f3b-9a53-1b6a2f0f9d11";

    @ParameterizedTest
    @CsvSource({
        "x-my-session",
        "x-claude-code-session-id",
        "x-session-affinity",
        "x-session-id",
        "session-id",
        "session_id",
        "thread-id",
        "conversation_id"
    })
    void everyHeaderOfTheVendorsAndTheConfiguredOneNamesASession(String name) {
        assertThat(key(ALL, Map.of(name, " s1 "), AffinityKey.Body.SILENT)).isEqualTo("s1");
    }

    @Test
    void theConfiguredHeaderComesFirst() {
        Map<String, String> headers =
                Map.of("x-claude-code-session-id", "vendor", "x-my-session", "own");

        assertThat(key(ALL, headers, AffinityKey.Body.SILENT)).isEqualTo("own");
    }

    @Test
    void claudeCodesUserIdGivesItsSessionInBothForms() {
        String object =
                "{\"device_id\":\"d\",\"account_uuid\":\"\",\"session_id\": \"" + UUID + "\"}";
        String older = "user_" + "ab".repeat(32) + "_account__session_" + UUID;

        assertThat(key(ALL, Map.of(), user(object))).isEqualTo(UUID);
        assertThat(key(ALL, Map.of(), user(older))).isEqualTo(UUID);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "alice",
                "a_session_b",
                "user_x_session_",
                "{`session_id`:1}",
                "{\"session_id\":}",
                "{\"session_id\":\"open",
                "{\"device_id\":\"d\"}"
            })
    void anyOtherUserIdStandsForItself(String userId) {
        assertThat(key(ALL, Map.of(), user(userId))).isEqualTo(userId);
    }

    @Test
    void thePromptsCacheKeyComesBeforeTheResponseBeforeAndThatBeforeTheHash() {
        assertThat(key(ALL, Map.of(), new AffinityKey.Body("", "k", "r", "h"))).isEqualTo("k");
        assertThat(key(ALL, Map.of(), new AffinityKey.Body("", "", "r", "h"))).isEqualTo("r");
        assertThat(key(ALL, Map.of(), new AffinityKey.Body("", "", "", "h"))).isEqualTo("h");
        assertThat(key(ALL, Map.of(), AffinityKey.Body.SILENT)).isEmpty();
    }

    @Test
    void onlyTheConfiguredSourcesCountInTheirOrder() {
        AffinityKey.Body body = new AffinityKey.Body("u", "k", "", "");
        Map<String, String> headers = Map.of("x-session-id", "s");

        assertThat(key(List.of("PromptPrefix", "MetadataUserID"), headers, body)).isEqualTo("k");
        assertThat(key(List.of("MetadataUserID", "Header"), headers, body)).isEqualTo("u");
        assertThat(key(List.of(), headers, body)).isEmpty();
    }

    @Test
    void aSessionIsOneClientKeysOwn() {
        assertThat(Session.of("key-1", "s")).isEqualTo(Session.of("key-1", "s"));
        assertThat(Session.of("key-1", "s")).isNotEqualTo(Session.of("key-2", "s"));
        assertThat(Session.of("key-1", "s")).isNotEqualTo(Session.of("key-1", "t"));
        assertThat(Session.of("key-1", "")).isEqualTo(Session.NONE);
    }

    private static AffinityKey.Body user(String id) {
        return new AffinityKey.Body(id, "", "", "");
    }

    private static String key(
            List<String> sources, Map<String, String> headers, AffinityKey.Body body) {
        AffinityPlan plan = new AffinityPlan(true, sources, "x-my-session", 300_000);
        return AffinityKey.of(plan, headers::get, body);
    }
}

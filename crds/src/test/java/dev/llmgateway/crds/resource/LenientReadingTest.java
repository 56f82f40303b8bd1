package dev.llmgateway.crds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Objects of a cluster whose CRDs are newer than this program.
class LenientReadingTest {
    private static final KubernetesSerialization CLIENT =
            new KubernetesSerialization(LenientReading.configure(new ObjectMapper()), true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    provider: Newest                        | spec.provider                    | unknown value "Newest"
                    provider: Qwen, formats: [Messages, Ab] | spec.formats[1]                  | unknown value "Ab"
                    auth: {apiKey: {header: Newer}}         | spec.auth.apiKey.header          | unknown value "Newer"
                    allowedConsumers: {namespaces: {from: Friends}} | spec.allowedConsumers.namespaces.from | unknown value "Friends"
                    priority: high                          | spec.priority                    | holds another type than this release expects
                    priority: {first: true}                 | spec.priority                    | holds another type than this release expects
                    models: all                             | spec.models                      | holds another type than this release expects
                    """)
    void anUnknownValueOrAWrongTypeMakesTheSpecUnreadableAndNothingElse(
            String spec, String path, String message) {
        UpstreamAccount account = account(spec);

        assertThat(account.getMetadata().getName()).isEqualTo("a");
        assertThat(account.getSpec()).isNull();
        assertThat(account.unreadable()).contains(new Unreadable(path, message));
    }

    @Test
    void readStrictlyTheSameObjectFails() {
        KubernetesSerialization strict = new KubernetesSerialization();

        assertThatThrownBy(() -> strict.unmarshal(text("provider: Newest"), UpstreamAccount.class))
                .hasMessageContaining("Newest");
    }

    @Test
    void unknownFieldsAreIgnored() {
        UpstreamAccount account = account("provider: Qwen, colour: red, health: {mood: {good: 1}}");

        assertThat(account.unreadable()).isEmpty();
        assertThat(account.getSpec().provider()).isEqualTo(UpstreamAccountSpec.Provider.Qwen);
    }

    @Test
    void anAbsentSpecIsNotUnreadable() {
        UpstreamAccount account =
                CLIENT.unmarshal(
                        "apiVersion: llm-gateway.dev/v1alpha1\nkind: UpstreamAccount\nmetadata: {name: a}",
                        UpstreamAccount.class);

        assertThat(account.unreadable()).isEmpty();
    }

    @Test
    void aStatusThatCannotBeReadIsAbsent() {
        UpstreamAccount account = account("provider: Qwen}\nstatus: {state: Dreaming");

        assertThat(account.getStatus()).isNull();
        assertThat(account.unreadable()).isEmpty();
        assertThat(account.getSpec().pool()).isEqualTo("default");
    }

    @Test
    void anObjectThatIsReadWithoutTroubleIsWrittenAsItWas() {
        String written = CLIENT.asJson(account("provider: Qwen, pool: blue"));

        assertThat(written)
                .contains("\"pool\":\"blue\"")
                .doesNotContain("unreadable")
                .doesNotContain("\"status\"");
    }

    private static UpstreamAccount account(String spec) {
        return CLIENT.unmarshal(text(spec), UpstreamAccount.class);
    }

    /// Not JSON, so the client reads it as YAML.
    private static String text(String spec) {
        return """
        apiVersion: llm-gateway.dev/v1alpha1
        kind: UpstreamAccount
        metadata: {name: a}
        spec: {%s}
        """
                .formatted(spec);
    }
}

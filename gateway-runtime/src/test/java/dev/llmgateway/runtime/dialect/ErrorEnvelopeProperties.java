package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ErrorEnvelopeProperties {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property
    void any_message_survives(@ForAll String text) throws IOException {
        String message = new String(text.getBytes(UTF_8), UTF_8);
        String body = ErrorEnvelope.body(GatewayError.of(ErrorCode.INTERNAL, message), null, "r");

        assertThat(JACKSON.readTree(body).path("error").path("message").asText())
                .isEqualTo(message);
        assertThat(body).doesNotContain("\n", "\r", "\u2028", "\u2029");
    }
}

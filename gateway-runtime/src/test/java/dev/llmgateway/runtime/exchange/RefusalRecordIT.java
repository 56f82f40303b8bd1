package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the transport refuses stands in the access log as the client saw it.
class RefusalRecordIT {
    private static final String HEAD = "POST /v1/messages HTTP/1.1\r\nhost: test\r\n";

    @ParameterizedTest
    @CsvSource({
        "a head that makes no sense, 400, 'GET /v1/models HTTP/1.1\nhost : test\n\n'",
        "no route either, 505, 'PRI * HTTP/2.0\n\nSM\n\n'",
        "a body beyond the limit, 413, 'KEYcontent-length: 99999999\n\n'",
        "a body in another coding, 415, 'KEYcontent-encoding: br\ncontent-length: 4\n\nabcd'",
        "a body that is no gzip, 400, 'KEYcontent-encoding: gzip\ncontent-length: 4\n\nabcd'",
        "a broken chunk, 400, 'KEYtransfer-encoding: chunked\n\nzz\n'"
    })
    void refusals_are_recorded(String what, int status, String request) throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, "{}"));
                var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {
            String lines = request.replace("\n", "\r\n");
            String fields = HEAD + GatewayFixture.FIELDS;

            HttpMessage reply = client.send(lines.replace("KEY", fields)).response();

            assertThat(reply.status()).as(what).isEqualTo(status);
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("status").asInt()).isEqualTo(status);
            assertThat(line.path("outcome").asText()).isEqualTo("rejected");
            assertThat(reply.field("x-request-id")).hasValue(line.path("request_id").asText());
            assertThat(gateway.lines()).isEqualTo(1);
        }
    }
}

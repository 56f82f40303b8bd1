package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Request encodings at the gateway (reliability-security.md S17, translation.md 1.6).
class CodedRequestIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"messages\":[],\"model\":\"gpt-4o\",\"stream\":false}";

    private final FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{}"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "br",
                "deflate",
                "compress",
                "snappy",
                "aes128gcm",
                "",
                "gzip, zstd",
                "gzip,gzip",
                "identity, gzip",
                "gzip;q=1",
                "gzip\r\ncontent-encoding: gzip",
                "identity\r\ncontent-encoding: gzip"
            })
    void another_encoding_is_unsupported_before_the_body(String encoding) throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            client.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\n"
                            + GatewayFixture.FIELDS
                            + "content-encoding: "
                            + encoding
                            + "\r\ncontent-length: 1000\r\n\r\n");
            HttpMessage reply = client.response();

            assertThat(reply.status()).isEqualTo(415);
            assertThat(reply.text()).contains("unsupported_media_type");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", "zstd", "ZSTD", "identity", "(none)"})
    void a_known_encoding_is_undone(String encoding) throws IOException {
        try (var gateway = GatewayFixture.renaming(upstream, "other-model")) {
            String field =
                    encoding.equals("(none)") ? "" : "content-encoding: " + encoding + "\r\n";

            HttpMessage reply = post(gateway, field, coded(encoding));

            assertThat(reply.status()).isEqualTo(200);
            HttpMessage sent = upstream.received().getFirst().message();
            assertThat(sent.body()).isEqualTo(BODY.replace("gpt-4o", "other-model"));
            assertThat(sent.field("content-encoding")).isEmpty();
            assertThat(sent.field("content-length")).hasValue(String.valueOf(sent.body().length()));
        }
    }

    @Test
    void a_corrupt_body_is_a_bad_request_and_a_bomb_too_large() throws IOException {
        try (var gateway = GatewayFixture.before(upstream)) {
            byte[] corrupt = gzip(BODY.getBytes(StandardCharsets.UTF_8));
            corrupt[corrupt.length - 6] ^= 1;
            byte[] bomb = Zstd.compress(new byte[16 << 20]);

            HttpMessage first = post(gateway, "content-encoding: gzip\r\n", latin1(corrupt));
            HttpMessage second = post(gateway, "content-encoding: zstd\r\n", latin1(bomb));

            assertThat(first.status()).isEqualTo(400);
            assertThat(first.text()).contains("invalid_request_error");
            assertThat(second.status()).isEqualTo(413);
            assertThat(second.text()).contains("request_too_large");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_stranger_is_refused_before_his_body_is_decoded() throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            client.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: test\r\nx-api-key: nobody-knows-this-one\r\n"
                            + "content-encoding: zstd\r\ncontent-length: 1000\r\n\r\n");

            assertThat(client.response().status()).isEqualTo(401);
        }
    }

    /// A reply that is compressed although nobody asked is not decoded: it can be no bomb.
    @Test
    void an_unsolicited_gzip_reply_is_refused_and_never_inflated() throws IOException {
        String bomb = latin1(gzip(new byte[32 << 20]));
        try (FaultUpstream compressing =
                        FaultUpstream.always(
                                Script.of(
                                        new dev.llmgateway.fixtures.upstream.Step.Write(
                                                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                                                        + "content-encoding: gzip\r\ncontent-length: "
                                                        + bomb.length()
                                                        + "\r\n\r\n"
                                                        + bomb)));
                var gateway = GatewayFixture.before(compressing)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.body().length()).isLessThan(1_000);
            assertThat(compressing.received().getFirst().message().field("accept-encoding"))
                    .hasValue("identity");
        }
    }

    private static HttpMessage post(GatewayFixture gateway, String field, String body)
            throws IOException {
        try (RawClient client = gateway.client()) {
            return client.send(
                            "POST "
                                    + CHAT
                                    + " HTTP/1.1\r\nhost: test\r\n"
                                    + GatewayFixture.FIELDS
                                    + field
                                    + "content-length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body)
                    .response();
        }
    }

    private static String coded(String encoding) throws IOException {
        byte[] plain = BODY.getBytes(StandardCharsets.UTF_8);
        return switch (encoding) {
            case "gzip", "GZip", "x-gzip" -> latin1(gzip(plain));
            case "identity" -> BODY;
            default -> latin1(Zstd.compress(plain));
        };
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

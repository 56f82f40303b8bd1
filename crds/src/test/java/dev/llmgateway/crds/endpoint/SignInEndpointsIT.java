package dev.llmgateway.crds.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.EgressPlan;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInEndpointsIT {
    private static final String TOKENS = "{\"access_token\":\"a-1\",\"expires_in\":60}";

    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private ServerSocket server = unbound();

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void bind() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void tokensArriveWholeOrInChunks() throws Exception {
        answer("HTTP/1.1 200 OK\r\ncontent-length: " + TOKENS.length() + "\r\n\r\n" + TOKENS);
        assertThat(ask(permitting()).answer()).isInstanceOf(TokenAnswer.Tokens.class);
        assertThat(heads.take())
                .startsWith("POST /token HTTP/1.1\r\n")
                .contains("host: 127.0.0.1:" + server.getLocalPort());

        answer(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                        + Integer.toHexString(TOKENS.length())
                        + "\r\n"
                        + TOKENS
                        + "\r\n0\r\n\r\n");
        assertThat(ask(permitting()).answer()).isInstanceOf(TokenAnswer.Tokens.class);
    }

    @Test
    void anAnswerThatIsNoneMayHaveSpentTheTokenAndAStatusHasNot() {
        answer("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n" + TOKENS);
        assertThat(ask(permitting())).isEqualTo(Reply.failed("broke off inside its answer", true));

        answer("");
        assertThat(ask(permitting()).perhapsDone()).isTrue();

        answer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        assertThat(ask(permitting()).perhapsDone()).isTrue();

        answer("HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n");
        assertThat(ask(permitting()).perhapsDone()).isFalse();
    }

    @Test
    void aRedirectIsAnAnswerWithoutTokens() {
        answer("HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1/else\r\ncontent-length: 0\r\n\r\n");

        assertThat(ask(permitting()).answer())
                .isEqualTo(
                        new TokenAnswer.Unavailable(
                                "answered 307 without an error code", Optional.empty()));
    }

    @Test
    void aFloodIsCutOff() {
        answer("HTTP/1.1 200 OK\r\ncontent-length: 999999\r\n\r\n" + "x".repeat(100_000));

        assertThat(said(ask(permitting()))).isEqualTo("answered more than 65536 bytes");
    }

    @Test
    void aPrivateAddressIsNotConnectedWithoutPermissionNeitherAsLiteralNorAsName() {
        Reply literal = ask(EgressPlan.DIRECT);
        Reply name =
                new SignInEndpoints(EgressPlan.DIRECT)
                        .ask(form("https://localhost.localdomain:" + server.getLocalPort()));

        assertThat(said(literal)).contains("private addresses need the gateway's permission");
        assertThat(said(name)).matches("has no address that may be connected|could not be .*");
        assertThat(name.perhapsDone()).isFalse();
        assertThat(heads).isEmpty();
    }

    @Test
    void aProxyIsToldTheNameAndResolvesItItself() throws Exception {
        answer("HTTP/1.1 200 OK\r\ncontent-length: " + TOKENS.length() + "\r\n\r\n" + TOKENS);
        String proxy = "http://127.0.0.1:" + server.getLocalPort();
        EgressPlan egress =
                new EgressPlan(proxy, proxy, List.of("10.0.0.0/8"), "", true, List.of());

        Reply reply = new SignInEndpoints(egress).ask(form("http://idp.invalid/token"));

        assertThat(reply.answer()).isInstanceOf(TokenAnswer.Tokens.class);
        assertThat(heads.take()).startsWith("POST http://idp.invalid:80/token HTTP/1.1\r\n");
    }

    private static String said(Reply reply) {
        return reply.answer() instanceof TokenAnswer.Unavailable(var why, _) ? why : "tokens";
    }

    private EgressPlan permitting() {
        String here = "127.0.0.1:" + server.getLocalPort();
        return new EgressPlan("", "", List.of(), "", false, List.of(here));
    }

    private Reply ask(EgressPlan egress) {
        return new SignInEndpoints(egress)
                .ask(form("http://127.0.0.1:" + server.getLocalPort() + "/token"));
    }

    private static Form form(String url) {
        return new Form(url, Optional.empty(), "grant_type=refresh_token&refresh_token=r-1");
    }

    /// To the next connection; then it is closed.
    private void answer(String text) {
        Thread.ofVirtual()
                .start(() -> {
                    try (Socket socket = server.accept()) {
                        heads.add(head(socket.getInputStream()));
                        socket.getOutputStream().write(text.getBytes(US_ASCII));
                    } catch (IOException e) {
                        heads.add(e.toString());
                    }
                });
    }

    /// With the form behind it, so that closing does not reset the connection.
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("refresh_token=r-1") < 0) {
            int read = in.read();
            if (read < 0) {
                break;
            }
            head.append((char) read);
        }
        return head.toString();
    }
}

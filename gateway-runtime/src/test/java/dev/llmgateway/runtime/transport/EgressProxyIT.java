package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// https upstreams through an egress proxy: only through it, and only when it says yes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EgressProxyIT {
    private static final String HOST = "api.provider.invalid"; // only the proxy knows it
    private static final CallTimeouts SHORT = new CallTimeouts(500, 500, 2_000, 2_000, 5_000);
    private static final Duration BOUND = Duration.ofMillis(1_500);

    @SuppressWarnings("NullAway.Init")
    private Certificate certificate;

    @BeforeAll
    void certificates(@TempDir Path folder) throws Exception {
        certificate = Certificate.of(folder, "dns:" + HOST);
    }

    @Test
    void anHttpsUpstreamIsReachedByNameThroughATunnel() throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(certificate.listen());
                TunnelProxy proxy = new TunnelProxy(upstream.port());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.endpoint(through(proxy.url(), HOST, certificate.trusted()));

            for (int i = 0; i < 5; i++) {
                assertThat(edge.exchange("x" + i).body()).isEqualTo("body x" + i);
            }

            HttpMessage asked = proxy.asked().getFirst();
            assertThat(asked.startLine()).isEqualTo("CONNECT " + HOST + ":8443 HTTP/1.1");
            assertThat(asked.fields()).containsExactly("host: " + HOST + ":8443");
            assertThat(proxy.asked()).hasSize(1); // the tunnel is kept
        }
    }

    @Test
    void theCertificateBehindATunnelIsTheTargetsNotTheProxys() throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(certificate.listen());
                TunnelProxy proxy = new TunnelProxy(upstream.port());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.endpoint(through(proxy.url(), "other.invalid", certificate.trusted()));
            assertThat(edge.exchange("name").field("x-failure")).contains(Kind.Tls.name());

            edge.endpoint(through(proxy.url(), HOST, TlsProfile.PLATFORM));
            assertThat(edge.exchange("root").field("x-failure")).contains(Kind.Tls.name());

            assertThat(edge.failures())
                    .extracting(TransportFailure::detail)
                    .containsExactly(
                            "the certificate is for another name",
                            "the certificate's issuer is not trusted");
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("407", status("407 Proxy Authentication Required")),
                Arguments.of("403", status("403 Forbidden")),
                Arguments.of("502", status("502 Bad Gateway")),
                Arguments.of("503 and a close", status("503 Busy") + "FIN"),
                Arguments.of("a redirect", "HTTP/1.1 302 Found\r\nlocation: http://x/\r\n\r\n"),
                Arguments.of("101", "HTTP/1.1 101 Switching Protocols\r\n\r\n"),
                Arguments.of("199 and no more", "HTTP/1.1 199 Wait\r\n\r\n"),
                Arguments.of("interim for ever", "HTTP/1.1 100 Continue\r\n\r\n".repeat(50)),
                Arguments.of("bytes behind the answer", TunnelProxy.OPEN + "HTTP/1.1 200 OK"),
                Arguments.of("garbage", "220 smtp.example ESMTP ready\r\n\r\n"),
                Arguments.of("binary", "\u0000\u0001\u0002\u00ff\r\n\r\n"),
                Arguments.of("a bare end", "FIN"),
                Arguments.of("an end inside the head", "HTTP/1.1 200 Conn" + "FIN"),
                Arguments.of("silence", ""),
                Arguments.of("a head without end", "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(9)),
                Arguments.of("a flood", "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(60_000)),
                Arguments.of(
                        "many fields", "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(200) + "\r\n"),
                Arguments.of("one long line", "HTTP/1.1 200 " + "x".repeat(100_000)));
    }

    private static String status(String status) {
        return "HTTP/1.1 " + status + "\r\ncontent-length: 6\r\n\r\nno way";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aProxyThatDoesNotSayYesIsNoConnectionAndNothingGoesAroundIt(String what, String answer)
            throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(certificate.listen());
                TunnelProxy proxy = new TunnelProxy(upstream.port());
                NameServer names = new NameServer(Map.of(HOST + ".", List.of("127.0.0.1")));
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            edge.timeouts(SHORT).endpoint(through(proxy.url(), HOST, certificate.trusted()));
            proxy.answer(answer);
            long started = System.nanoTime();

            assertThat(edge.exchange("refused").field("x-failure")).contains(Kind.Connect.name());

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BOUND);
            assertThat(edge.failures().getFirst().sent()).isFalse();
            assertThat(upstream.accepted()).isZero();
            assertThat(names.asked(HOST + ".")).isZero();
            edge.awaitQuiet();
            proxy.answer(TunnelProxy.OPEN);
            assertThat(edge.exchange("again").body()).isEqualTo("body again");
        }
    }

    @Test
    void callsThatAreGivenUpWhileTheProxyThinksLeaveNothing() throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(1);
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.endpoint(through(proxy.url(), HOST, certificate.trusted()));
            proxy.answer("");
            try (RawClient client = edge.client()) {
                client.request("POST / HTTP/1.1", "", "");
                Poll.untilTrue(
                        EdgeFixture.PATIENCE, () -> "asked", () -> proxy.asked().size() == 1);
            }

            long started = System.nanoTime();
            edge.awaitQuiet();

            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void aProxyThatIsNotThereIsNoConnection() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            String url = "http://127.0.0.1:" + port;
            edge.endpoint(through(url, HOST, certificate.trusted()));

            assertThat(edge.exchange("nobody").field("x-failure")).contains(Kind.Connect.name());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:3128",
                "http://localhost:3128",
                "http://proxy.localhost",
                "http://10.0.0.1:3128",
                "http://[::1]:3128",
                "http://[::ffff:10.0.0.1]:3128",
                "http://169.254.169.254:3128",
                "http://metadata.google.internal",
                "http://private.test:3128",
                "http://metadata.test:3128",
                "http://2130706433:3128",
                "http://127.1:3128"
            })
    void theProxysAddressIsJudgedLikeAnUpstreams(String url) throws Exception {
        Map<String, List<String>> hosts =
                Map.of(
                        "private.test.", List.of("10.0.0.1"),
                        "metadata.test.", List.of("169.254.169.254"));
        try (NameServer names = new NameServer(hosts);
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            EgressPolicy strict = new EgressPolicy(false, List.of(), url);
            edge.endpoint(new Endpoint("api.example.com", 443, TlsProfile.PLATFORM, strict));

            assertThat(edge.exchange("denied").field("x-failure")).contains(Kind.Forbidden.name());
        }
    }

    @Test
    void aProxyOfAPrivateNetworkNeedsItsNameOnTheList() throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(certificate.listen());
                TunnelProxy proxy = new TunnelProxy(upstream.port());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            EgressPolicy named = new EgressPolicy(false, List.of("127.0.0.1"), proxy.url());
            edge.endpoint(new Endpoint(HOST, 443, certificate.trusted(), named));

            assertThat(edge.exchange("named").body()).isEqualTo("body named");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fd00:ec2::254",
                "127.0.0.1",
                "10.0.0.1",
                "localhost",
                "a.localhost",
                "metadata.google.internal",
                "metadata.google.internal.",
                "0x7f000001"
            })
    void aProxyIsNoWayAroundTheAddressRule(String target) throws IOException {
        try (TunnelProxy proxy = new TunnelProxy(1);
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            EgressPolicy proxied = new EgressPolicy(false, List.of("127.0.0.1:1"), proxy.url());
            edge.endpoint(new Endpoint(target, 443, TlsProfile.PLATFORM, proxied));

            assertThat(edge.exchange("around").field("x-failure")).contains(Kind.Forbidden.name());
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void clearTextGoesToTheProxyItselfWithoutATunnel() throws Exception {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            String url = edge.upstream().address().toString();
            EgressPolicy proxied = new EgressPolicy(true, List.of(), url);
            edge.endpoint(new Endpoint(HOST, 80, TlsProfile.CLEAR, proxied));

            assertThat(edge.exchange("clear").body()).startsWith("clear");
            assertThat(edge.upstream().received()).hasSize(1);
        }
    }

    private static Endpoint through(String proxy, String host, TlsProfile tls) {
        return new Endpoint(host, 8_443, tls, new EgressPolicy(true, List.of(), proxy));
    }
}

package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of a name's addresses is connected.
class AddressesIT {
    private static final String HOST = "host.test";
    private static final EgressPolicy NAMED = new EgressPolicy(false, List.of(HOST), "");
    private static final EgressPolicy STRICT = new EgressPolicy(false, List.of(), "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.2 127.0.0.1",
                "127.0.0.1 127.0.0.2",
                "127.0.0.2 127.0.0.3 127.0.0.4 127.0.0.1"
            })
    void whenOneAddressRefusesTheNextIsTried(String addresses) throws IOException {
        try (NameServer names = host(addresses);
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            assertThat(call(edge, EdgeFixture.LOCAL).status()).isEqualTo(200);
        }
    }

    @Test
    void whenEveryAddressRefusesTheCallHasNoConnection() throws IOException {
        try (NameServer names = host("127.0.0.2 127.0.0.3");
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            assertThat(call(edge, EdgeFixture.LOCAL).field("x-failure"))
                    .contains(Kind.Connect.name());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254 127.0.0.1",
                "127.0.0.1 169.254.169.254",
                "0.0.0.0 224.0.0.1 127.0.0.1"
            })
    void aForbiddenAddressBesideAnAllowedOneIsPassedOver(String addresses) throws IOException {
        try (NameServer names = host(addresses);
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            assertThat(call(edge, EdgeFixture.LOCAL).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0 169.254.170.2", "168.63.129.16"})
    void aNameOfForbiddenAddressesIsForbiddenWhateverThePolicy(String addresses)
            throws IOException {
        try (NameServer names = host(addresses);
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            forbidden(call(edge, EdgeFixture.LOCAL));
            forbidden(call(edge, NAMED));
        }
    }

    @Test
    void aNameOfAPrivateAddressNeedsItsPermission() throws IOException {
        try (NameServer names = host("127.0.0.1");
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            edge.endpoint(new Endpoint(HOST, 443, TlsProfile.PLATFORM, STRICT));
            forbidden(edge.exchange("private"));

            assertThat(call(edge, NAMED).status()).isEqualTo(200);
        }
    }

    private static NameServer host(String addresses) throws IOException {
        return new NameServer(Map.of(HOST + ".", List.of(addresses.split(" "))));
    }

    private static HttpMessage call(EdgeFixture edge, EgressPolicy egress) throws IOException {
        int port = edge.upstream().address().getPort();
        edge.endpoint(new Endpoint(HOST, port, TlsProfile.CLEAR, egress));
        return edge.exchange("named");
    }

    private static void forbidden(HttpMessage answer) {
        assertThat(answer.field("x-failure")).contains(Kind.Forbidden.name());
    }
}

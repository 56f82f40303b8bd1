package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
    private final ClientAddresses addresses = new ClientAddresses();

    @Test
    void anAddressHasSoManyConnectionsAndNoMore() {
        assertThat(addresses.enter(address("192.0.2.1"), 2)).isTrue();
        assertThat(addresses.enter(address("192.0.2.1"), 2)).isTrue();
        assertThat(addresses.enter(address("192.0.2.1"), 2)).isFalse();
        assertThat(addresses.enter(address("192.0.2.2"), 2)).isTrue();

        addresses.leave(address("192.0.2.1"));

        assertThat(addresses.enter(address("192.0.2.1"), 2)).isTrue();
        assertThat(addresses.enter(address("192.0.2.1"), 2)).isFalse();
    }

    @Test
    void anIpv6ClientIsItsNetwork() {
        assertThat(addresses.enter(address("2001:db8:0:1::1"), 1)).isTrue();

        assertThat(addresses.enter(address("2001:db8:0:1:ffff::2"), 1)).isFalse();
        assertThat(addresses.enter(address("2001:db8:0:2::1"), 1)).isTrue();
    }

    @Test
    void whoHoldsNothingIsForgotten() {
        addresses.enter(address("192.0.2.1"), 1);
        addresses.enter(address("192.0.2.1"), 1);
        addresses.leave(address("192.0.2.1"));

        assertThat(addresses.size()).isZero();
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}

package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectGuardTest {
    private static final ConnectGuard STRICT = new ConnectGuard(false, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "100.64.0.1",
                "::1",
                "fc00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1"
            })
    void aNameMayNotLeadToPrivateAddressesUnlessTheGatewaySaysSo(String address) {
        InetAddress resolved = InetAddress.ofLiteral(address);

        assertThat(STRICT.allows(resolved, "idp.example", 443)).isFalse();
        assertThat(new ConnectGuard(true, List.of()).allows(resolved, "idp.example", 443)).isTrue();
        assertThat(allowing("IdP.example").allows(resolved, "idp.EXAMPLE", 443)).isTrue();
        assertThat(allowing("idp.example:443").allows(resolved, "idp.example", 443)).isTrue();
        assertThat(allowing("idp.example:443").allows(resolved, "idp.example", 8443)).isFalse();
        assertThat(allowing("*.example").allows(resolved, "idp.example", 443)).isTrue();
        assertThat(allowing("other.example").allows(resolved, "idp.example", 443)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "100.100.100.200", "224.0.0.1"})
    void noPermissionLeadsToMetadata(String address) {
        InetAddress resolved = InetAddress.ofLiteral(address);

        assertThat(new ConnectGuard(true, List.of("*.example")).allows(resolved, "a.example", 443))
                .isFalse();
    }

    @Test
    void publicAddressesAreFree() {
        assertThat(STRICT.allows(InetAddress.ofLiteral("93.184.215.14"), "idp.example", 443))
                .isTrue();
        assertThat(STRICT.refuse("https://idp.example/token")).isEmpty();
        assertThat(STRICT.refuse("http://idp.example/token")).isPresent();
    }

    private static ConnectGuard allowing(String entry) {
        return new ConnectGuard(false, List.of(entry));
    }
}

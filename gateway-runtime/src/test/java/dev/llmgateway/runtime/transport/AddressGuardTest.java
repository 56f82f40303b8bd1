package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final EgressPolicy PUBLIC = new EgressPolicy(false, List.of(), "");
    private static final EgressPolicy PRIVATE = new EgressPolicy(true, List.of(), "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "168.63.129.15",
                "2001:200::1",
                "2606:4700::1111",
                "2a00:1450:4001::200e",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "::ffff:8.8.8.8"
            })
    void publicAddressesAreAllowedAlways(String address) throws UnknownHostException {
        assertThat(allows(address, PUBLIC)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "::1",
                "fc00::1",
                "fdff:ffff::1",
                "fec0::1",
                "192.88.99.1",
                "2001::1",
                "2001:2::1",
                "5f00::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "::10.1.2.3",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "::ffff:0:7f00:1",
                "2002:7f00:1::",
                "2002:c0a8:1::1"
            })
    void privateAddressesNeedTheirPermission(String address) throws UnknownHostException {
        EgressPolicy named = new EgressPolicy(false, List.of("host.test"), "");

        assertThat(allows(address, PUBLIC)).isFalse();
        assertThat(allows(address, PRIVATE)).isTrue();
        assertThat(allows(address, named)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "fd00:ec2::23",
                "fd20:ce::254",
                "100::1",
                "3fff::1",
                "::ffff:168.63.129.16",
                "192.0.2.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "fd00:ec2::254",
                "2001:db8::1",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "::ffff:0:a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void metadataLinkLocalAndReservedAddressesAreNeverAllowed(String address)
            throws UnknownHostException {
        EgressPolicy named = new EgressPolicy(true, List.of("host.test", address), "");

        assertThat(allows(address, PUBLIC)).isFalse();
        assertThat(allows(address, PRIVATE)).isFalse();
        assertThat(allows(address, named)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "127.0.0.1.",
                "127.0.0.0x1",
                "1.2.3.4.5",
                "256.1.1.1",
                "host.123",
                "host.0x7f",
                "fe80::1%eth0",
                "fe80::1%1",
                "[::1]:80",
                "user@host",
                "host:80",
                "host/path",
                "host name",
                "host\r\nx",
                "-host",
                "host-",
                "a..b",
                ".host",
                "",
                ".",
                "h\u00f6st.test",
                "127\u3002 0\u3002 0\u30021",
                "host#x",
                "host?x",
                "host%2etest"
            })
    void textThatIsNeitherANameNorAPlainAddressIsRefusedWhateverThePolicy(String host) {
        assertThat(AddressGuard.literal(host)).isEmpty();
        assertThat(AddressGuard.forbidsHost(tls(host, PRIVATE))).isPresent();
        assertThat(AddressGuard.forbidsHost(tls(host, new EgressPolicy(true, List.of(host), ""))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.com",
                "API.Example.COM",
                "api.example.com.",
                "localhost.example.com",
                "notlocalhost",
                "my_service",
                "a-b.c-d",
                "1password.com",
                "0x.example",
                "8.8.8.8",
                "::1",
                "2606:4700::1111"
            })
    void namesAndPlainAddressesAreLeftToTheAddressRule(String host) {
        assertThat(AddressGuard.forbidsHost(tls(host, PUBLIC))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "localhost.", "a.localhost", "a.LOCALHOST."})
    void namesOfThisMachineNeedTheirPermission(String host) {
        EgressPolicy named = new EgressPolicy(false, List.of(host.replaceAll("\\.$", "")), "");

        assertThat(AddressGuard.forbidsHost(tls(host, PUBLIC))).isPresent();
        assertThat(AddressGuard.forbidsHost(tls(host, PRIVATE))).isEmpty();
        assertThat(AddressGuard.forbidsHost(tls(host, named))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.google.internal", "METADATA.google.internal.", "metadata"})
    void metadataServicesAreNeverCalledByName(String host) {
        assertThat(AddressGuard.forbidsHost(tls(host, PRIVATE))).isPresent();
        assertThat(AddressGuard.forbidsHost(tls(host, new EgressPolicy(true, List.of(host), ""))))
                .isPresent();
    }

    @Test
    void clearTextNeedsPrivateNetworksOrTheHostsName() {
        assertThat(clear("api.example.com")).isFalse();
        assertThat(clear("8.8.8.8")).isFalse();
        assertThat(clear("api.example.com", "other.example.com")).isFalse();
        assertThat(clear("api.example.com", "api.example.com:81")).isFalse();
        assertThat(clear("api.example.com", "example.com")).isFalse();
        assertThat(clear("badexample.com", "*.example.com")).isFalse();
        assertThat(clear("example.com", "*.example.com")).isFalse();
        assertThat(clear("api.example.com", "api.example.com")).isTrue();
        assertThat(clear("api.example.com", "API.EXAMPLE.com")).isTrue();
        assertThat(clear("api.example.com", "api.example.com:80")).isTrue();
        assertThat(clear("a.b.example.com", "*.example.com")).isTrue();
        assertThat(AddressGuard.forbidsHost(new Endpoint("x", 80, TlsProfile.CLEAR, PRIVATE)))
                .isEmpty();
    }

    /// Whether a clear connection to port 80 of the host is left to the address rule.
    private static boolean clear(String host, String... allowHosts) {
        EgressPolicy egress = new EgressPolicy(false, Arrays.asList(allowHosts), "");
        return AddressGuard.forbidsHost(new Endpoint(host, 80, TlsProfile.CLEAR, egress)).isEmpty();
    }

    private static boolean allows(String address, EgressPolicy egress) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        boolean asParsed = AddressGuard.allows(parsed, tls("host.test", egress));
        AddressGuard.literal(address)
                .ifPresent(literal ->
                        assertThat(AddressGuard.allows(literal, tls("host.test", egress)))
                                .isEqualTo(asParsed));
        return asParsed;
    }

    private static Endpoint tls(String host, EgressPolicy egress) {
        return new Endpoint(host, 443, TlsProfile.PLATFORM, egress);
    }
}

package dev.llmgateway.runtime.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where connections may go (reliability-security.md S7). Link-local, metadata, multicast and
/// unspecified addresses never; loopback and private ones, and clear text, only where the egress
/// policy says so.
final class AddressGuard {
    private static final Pattern NAME =
            Pattern.compile(
                    "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");
    private static final Pattern NUMERIC_TAIL = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");

    /// Networks that are not the internet's: this host, private use, carrier NAT, benchmarks,
    /// tunnels and protocol assignments.
    private static final List<Network> PRIVATE =
            List.of(
                    Network.of("10.0.0.0", 8),
                    Network.of("100.64.0.0", 10),
                    Network.of("127.0.0.0", 8),
                    Network.of("172.16.0.0", 12),
                    Network.of("192.0.0.0", 24),
                    Network.of("192.88.99.0", 24),
                    Network.of("192.168.0.0", 16),
                    Network.of("198.18.0.0", 15),
                    Network.of("::1", 128),
                    Network.of("2001::", 23),
                    Network.of("5f00::", 16),
                    Network.of("fc00::", 7),
                    Network.of("fec0::", 10));

    /// Never a provider: this network, link-local, documentation, multicast, reserved, and where
    /// clouds keep metadata and credentials: AWS (`fd00:ec2::`, pods' credentials at `::23`), Azure
    /// (168.63.129.16), Google (`fd20:ce::254`), Oracle (192.0.0.192), Alibaba (100.100.100.200).
    private static final List<Network> NEVER =
            List.of(
                    Network.of("0.0.0.0", 8),
                    Network.of("169.254.0.0", 16),
                    Network.of("168.63.129.16", 32),
                    Network.of("192.0.0.192", 32),
                    Network.of("192.0.2.0", 24),
                    Network.of("198.51.100.0", 24),
                    Network.of("203.0.113.0", 24),
                    Network.of("224.0.0.0", 4),
                    Network.of("240.0.0.0", 4),
                    Network.of("100.100.100.200", 32),
                    Network.of("::", 128),
                    Network.of("fe80::", 10),
                    Network.of("fd00:ec2::", 32),
                    Network.of("fd20:ce::254", 128),
                    Network.of("100::", 64),
                    Network.of("2001:db8::", 32),
                    Network.of("3fff::", 20),
                    Network.of("ff00::", 8));

    /// Metadata services by name: a proxy would resolve them.
    private static final Set<String> METADATA_NAMES =
            Set.of(
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "instance-data",
                    "instance-data.ec2.internal");

    private AddressGuard() {}

    /// Why the endpoint may not be called, as far as can be told without resolving a name: by its
    /// own name or literal address, and by its proxy's.
    static Optional<String> forbids(Endpoint endpoint) {
        Optional<String> byHost = forbidsHost(endpoint);
        if (byHost.isEmpty()
                && !literal(endpoint.host()).map(a -> allows(a, endpoint)).orElse(true)) {
            return Optional.of("the address is forbidden");
        }
        return byHost.isEmpty() && !endpoint.egress().proxy().isEmpty()
                ? forbidsName(endpoint.hop()).map(why -> "the proxy: " + why)
                : byHost;
    }

    /// Why the endpoint may not be called whatever its address is; empty: the address decides.
    static Optional<String> forbidsHost(Endpoint endpoint) {
        boolean clear = !endpoint.tls().enabled();
        return clear && !permitted(endpoint)
                ? forbidsName(endpoint)
                        .or(() ->
                                Optional.of(
                                        "plain http needs egress.allowPrivateNetworks or"
                                                + " egress.allowHosts"))
                : forbidsName(endpoint);
    }

    private static Optional<String> forbidsName(Endpoint endpoint) {
        String host = endpoint.host().toLowerCase(Locale.ROOT);
        if (literal(host).isEmpty()
                && (!NAME.matcher(host).matches() || NUMERIC_TAIL.matcher(host).matches())) {
            return Optional.of("not a host name or a plain address");
        }
        String name = endpoint.certificateName().toLowerCase(Locale.ROOT);
        if (METADATA_NAMES.contains(name)) {
            return Optional.of("metadata services are never called");
        }
        boolean local = name.equals("localhost") || name.endsWith(".localhost");
        return local && !permitted(endpoint)
                ? Optional.of("the host is this machine")
                : Optional.empty();
    }

    private static boolean permitted(Endpoint endpoint) {
        return endpoint.egress().allowPrivate() || named(endpoint);
    }

    /// Whether the resolved address may be connected.
    static boolean allows(InetAddress address, Endpoint endpoint) {
        byte[] bytes = embedded(address.getAddress());
        if (within(NEVER, bytes)) {
            return false;
        }
        return !within(PRIVATE, bytes) || permitted(endpoint);
    }

    /// The address a host text is, when it is a canonical one; other spellings of addresses are no
    /// names either.
    static Optional<InetAddress> literal(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null || host.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /// Whether `allowHosts` names the endpoint: `host`, `host:port` or `*.suffix`.
    private static boolean named(Endpoint endpoint) {
        String bare = endpoint.certificateName().toLowerCase(Locale.ROOT);
        String host = bare.indexOf(':') < 0 ? bare : "[" + bare + "]"; // as in a URL
        for (String entry : endpoint.egress().allowHosts()) {
            String allowed = entry.toLowerCase(Locale.ROOT);
            if (allowed.equals(host)
                    || allowed.equals(bare)
                    || allowed.equals(host + ":" + endpoint.port())
                    || (allowed.startsWith("*.") && host.endsWith(allowed.substring(1)))) {
                return true;
            }
        }
        return false;
    }

    /// The IPv4 address inside a mapped, compatible, NAT64, SIIT or 6to4 one; else the address
    /// itself.
    private static byte[] embedded(byte[] address) {
        if (address.length == 4) {
            return address;
        }
        boolean mapped = zero(address, 0, 10) && address[10] == -1 && address[11] == -1;
        boolean compatible = zero(address, 0, 12) && !zero(address, 12, 15);
        boolean translated =
                address[0] == 0
                        && address[1] == 0x64
                        && address[2] == -1
                        && address[3] == (byte) 0x9b;
        boolean stateless =
                zero(address, 0, 8)
                        && address[8] == -1
                        && address[9] == -1
                        && zero(address, 10, 12);
        if (mapped || compatible || translated || stateless) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        boolean sixToFour = address[0] == 0x20 && address[1] == 0x02;
        return sixToFour ? Arrays.copyOfRange(address, 2, 6) : address;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean within(List<Network> networks, byte[] address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private record Network(List<Byte> prefix, int bits) {
        static Network of(String address, int bits) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
            List<Byte> prefix = new java.util.ArrayList<>();
            for (byte b : java.util.Objects.requireNonNull(bytes)) {
                prefix.add(b);
            }
            return new Network(List.copyOf(prefix), bits);
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (prefix.get(bit >> 3) & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}

package dev.llmgateway.crds.compile;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What kind of place a host of a URL is, without asking a name server.
enum AddressClass {
    Public,
    /// Loopback, private and shared ranges: with the gateway's permission only.
    Private,
    /// Link-local, metadata services, multicast.
    Never,
    /// A number that some resolvers read as an address and others do not.
    Malformed;

    /// What a URL parser takes for an IPv4 address in any of its odd spellings.
    private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

    private static final Pattern DOTTED =
            Pattern.compile("((0|[1-9][0-9]{0,2})\\.){3}(0|[1-9][0-9]{0,2})");

    /// Services that hand out credentials of the machine or the pod: EC2 over IPv6, Google over
    /// IPv6, Alibaba, Azure's wire server, Oracle.
    private static final Set<String> METADATA =
            Set.of(
                    "fd00:ec2:0:0:0:0:0:254",
                    "fd00:ec2:0:0:0:0:0:23",
                    "fd20:ce:0:0:0:0:0:254",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192");

    private static final Set<String> METADATA_NAMES =
            Set.of("metadata.google.internal", "metadata", "instance-data");

    /// @param host lower-case, without a final dot; IPv6 in brackets
    static AddressClass of(String host) {
        if (METADATA_NAMES.contains(host)) {
            return Never;
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return Private;
        }
        if (!host.startsWith("[") && !NUMERIC_END.matcher(host).matches()) {
            return Public;
        }
        return literal(host).map(AddressClass::of).orElse(Malformed);
    }

    static AddressClass of(InetAddress address) {
        if (address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress())) {
            return Never;
        }
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isSiteLocalAddress()) {
            return Private;
        }
        return switch (address) {
            case Inet4Address four -> ofBytes(four.getAddress());
            case Inet6Address six ->
                    embedded(six).map(AddressClass::of).orElseGet(() -> unique(six));
            default -> Never;
        };
    }

    /// Zone identifiers have no place in a URL of ours.
    private static Optional<InetAddress> literal(String host) {
        boolean six = host.startsWith("[") && host.endsWith("]") && !host.contains("%");
        if (!six && !DOTTED.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    six
                            ? Inet6Address.ofLiteral(host.substring(1, host.length() - 1))
                            : Inet4Address.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// 0/8, 100.64/10 (shared), 192.0.0/24, 198.18/15 (benchmarks), 240/4 and broadcast.
    private static AddressClass ofBytes(byte[] four) {
        int first = four[0] & 0xff;
        int second = four[1] & 0xff;
        if (first >= 240) {
            return Never;
        }
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean special = first == 192 && second == 0 && four[2] == 0;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        return first == 0 || shared || special || benchmark ? Private : Public;
    }

    /// fc00::/7.
    private static AddressClass unique(Inet6Address six) {
        return (six.getAddress()[0] & 0xfe) == 0xfc ? Private : Public;
    }

    /// The IPv4 address inside 64:ff9b::/96 (NAT64), ::/96 (compatible) and 2002::/16 (6to4).
    private static Optional<InetAddress> embedded(Inet6Address six) {
        byte[] bytes = six.getAddress();
        byte[] nat64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] prefix = Arrays.copyOf(bytes, 12);
        if (Arrays.equals(prefix, nat64) || Arrays.equals(prefix, new byte[12])) {
            return Optional.of(four(bytes, 12));
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02
                ? Optional.of(four(bytes, 2))
                : Optional.empty();
    }

    private static InetAddress four(byte[] bytes, int offset) {
        return Inet4Address.ofLiteral(
                "%d.%d.%d.%d"
                        .formatted(
                                bytes[offset] & 0xff,
                                bytes[offset + 1] & 0xff,
                                bytes[offset + 2] & 0xff,
                                bytes[offset + 3] & 0xff));
    }
}

package dev.llmgateway.crds.endpoint;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which hosts are reached without the proxy. Names are never resolved here: an address or a CIDR
/// matches only a host written as an address.
final class NoProxy {
    private NoProxy() {}

    /// @param entries `*`, hosts, `host:port`, `.suffix` or `*.suffix` (the domain itself too),
    ///   addresses, CIDRs
    /// @param host lower-case; IPv6 without brackets
    static boolean matches(List<String> entries, String host, int port) {
        return entries.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
        if (suffix.startsWith(".")) {
            return host.endsWith(suffix) || host.equals(suffix.substring(1));
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return inRange(entry.substring(0, slash), entry.substring(slash + 1), host);
        }
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return entry.equals("*")
                || entry.equals(host)
                || entry.equals(written)
                || entry.equals(written + ":" + port);
    }

    private static boolean inRange(String network, String bits, String host) {
        Optional<byte[]> base = literal(network);
        Optional<byte[]> address = literal(host);
        return base.isPresent()
                && address.isPresent()
                && bits.matches("\\d{1,3}")
                && sameBits(base.get(), address.get(), Integer.parseInt(bits));
    }

    private static boolean sameBits(byte[] base, byte[] address, int bits) {
        if (base.length != address.length || bits > base.length * 8) {
            return false;
        }
        byte[] masked = address.clone();
        byte[] wanted = base.clone();
        for (int bit = bits; bit < base.length * 8; bit++) {
            int keep = ~(0x80 >> (bit & 7));
            masked[bit >> 3] &= (byte) keep;
            wanted[bit >> 3] &= (byte) keep;
        }
        return Arrays.equals(masked, wanted);
    }

    private static Optional<byte[]> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a name
        }
    }
}

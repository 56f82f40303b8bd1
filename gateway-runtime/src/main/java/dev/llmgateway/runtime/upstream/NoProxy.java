package dev.llmgateway.runtime.upstream;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which hosts are reached without the proxy. Names are never resolved here: an address or a CIDR
/// matches only a host written as an address, in whatever spelling.
final class NoProxy {
    private NoProxy() {}

    /// @param entries `*`, hosts, `host:port`, `.suffix` or `*.suffix` (the domain itself too),
    ///   addresses, CIDRs
    static boolean matches(List<String> entries, String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return entries.stream().anyMatch(entry -> matches(entry.strip(), name, port));
    }

    private static boolean matches(String entry, String host, int port) {
        String pattern = entry.toLowerCase(Locale.ROOT);
        String bare = withoutBrackets(withoutPort(pattern, port));
        if (pattern.equals("*") || bare.equals(host) || sameAddress(bare, host)) {
            return true;
        }
        if (pattern.startsWith("*.") || pattern.startsWith(".")) {
            String suffix = pattern.substring(pattern.indexOf('.'));
            return host.endsWith(suffix) || host.equals(suffix.substring(1));
        }
        int slash = pattern.indexOf('/');
        return slash > 0
                && inRange(pattern.substring(0, slash), pattern.substring(slash + 1), host);
    }

    /// The entry without `:port` where that is the port in question; a bare IPv6 address has none.
    private static String withoutPort(String entry, int port) {
        String suffix = ":" + port;
        boolean six = entry.indexOf(':') != entry.lastIndexOf(':') && !entry.startsWith("[");
        return !six && entry.endsWith(suffix)
                ? entry.substring(0, entry.length() - suffix.length())
                : entry;
    }

    private static String withoutBrackets(String entry) {
        return entry.startsWith("[") && entry.endsWith("]")
                ? entry.substring(1, entry.length() - 1)
                : entry;
    }

    private static boolean sameAddress(String entry, String host) {
        Optional<byte[]> wanted = literal(entry);
        Optional<byte[]> actual = literal(host);
        return wanted.isPresent()
                && actual.isPresent()
                && Arrays.equals(wanted.get(), actual.get());
    }

    private static boolean inRange(String network, String bits, String host) {
        Optional<byte[]> base = literal(network);
        Optional<byte[]> address = literal(host);
        if (base.isEmpty() || address.isEmpty() || !bits.matches("\\d{1,3}")) {
            return false;
        }
        return sameBits(base.get(), address.get(), Integer.parseInt(bits));
    }

    private static boolean sameBits(byte[] base, byte[] address, int bits) {
        if (base.length != address.length || bits > base.length * 8) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if (((base[i / 8] ^ address[i / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }
}

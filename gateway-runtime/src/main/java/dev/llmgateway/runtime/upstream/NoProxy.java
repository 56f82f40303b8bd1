package dev.llmgateway.runtime.upstream;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which hosts are reached without the proxy. Names are never resolved here: a CIDR matches only a
/// host written as an address.
final class NoProxy {
    private NoProxy() {}

    /// @param entries `*`, hosts, `host:port`, `.suffix` or `*.suffix` (the domain itself too),
    ///   addresses, CIDRs
    static boolean matches(List<String> entries, String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(entry -> matches(entry.strip(), name, port));
    }

    private static boolean matches(String entry, String host, int port) {
        String pattern = entry.toLowerCase(Locale.ROOT);
        if (pattern.equals("*") || pattern.equals(host) || pattern.equals(host + ":" + port)) {
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

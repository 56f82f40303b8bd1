package dev.llmgateway.runtime.transport;

/// The shape of a `Host` value: a name, an IPv4 address or an IPv6 one in brackets, and perhaps a
/// port.
final class HostField {
    private static final int HIGHEST_PORT = 65_535;

    private HostField() {}

    static boolean wellFormed(FieldLines head, int from, int to) {
        boolean bracket = from < to && head.at(from) == '[';
        int start = bracket ? from + 1 : from;
        int at = start;
        while (at < to && (bracket ? isAddress(head.at(at)) : isName(head.at(at)))) {
            at++;
        }
        if (at == start || (bracket && (at == to || head.at(at++) != ']'))) {
            return false;
        }
        return at == to || (head.at(at) == ':' && isPort(head, at + 1, to));
    }

    private static boolean isName(byte c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    private static boolean isAddress(byte c) {
        boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        return digit || c == ':' || c == '.';
    }

    private static boolean isPort(FieldLines head, int from, int to) {
        int port = 0;
        for (int i = from; i < to; i++) {
            int digit = head.at(i) - '0';
            if (digit < 0 || digit > 9 || port > HIGHEST_PORT) {
                return false;
            }
            port = port * 10 + digit;
        }
        return port <= HIGHEST_PORT;
    }
}

package dev.llmgateway.runtime.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each client address holds. An IPv6 client is its /64: it may choose any
/// address within.
final class ClientAddresses {
    private final Map<Object, Integer> open = new ConcurrentHashMap<>();

    /// Whether this address may have one more; counted if so, until `leave`.
    boolean enter(InetAddress address, int most) {
        Object client = client(address);
        if (open.merge(client, 1, Integer::sum) <= most) {
            return true;
        }
        forget(client);
        return false;
    }

    void leave(InetAddress address) {
        forget(client(address));
    }

    private void forget(Object client) {
        open.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }

    private static Object client(InetAddress address) {
        return address instanceof Inet6Address
                ? (Object) ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }

    /// Addresses that hold a connection.
    int size() {
        return open.size();
    }
}

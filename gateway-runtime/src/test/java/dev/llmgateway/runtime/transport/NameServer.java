package dev.llmgateway.runtime.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A DNS server on the loopback address that knows the IPv4 addresses of a few names and answers
/// everything else with none (RFC 1035, section 4).
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket;
    private final Map<String, List<String>> addresses;

    NameServer(Map<String, List<String>> addresses) throws SocketException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        this.addresses = addresses;
        Thread.ofVirtual().name("name-server").start(this::serve);
    }

    /// Such as `127.0.0.1:40123`.
    String address() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[1_024], 1_024);
                socket.receive(packet);
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] answer = answer(query);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] answer(byte[] query) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII))
                    .append('.');
            at += query[at] + 1;
        }
        int type = ByteBuffer.wrap(query).getShort(at + 1);
        int end = at + 5; // behind the question's type and class
        List<String> found =
                type == TYPE_A ? addresses.getOrDefault(name.toString(), List.of()) : List.of();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putShort(ByteBuffer.wrap(query).getShort(0)).putShort((short) 0x8180); // answer
        header.putShort((short) 1).putShort((short) found.size()).putInt(0);
        out.write(header.array());
        out.write(query, HEADER, end - HEADER);
        for (String address : found) {
            ByteBuffer entry = ByteBuffer.allocate(16);
            entry.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1);
            entry.putInt(60).putShort((short) 4).put(InetAddress.getByName(address).getAddress());
            out.write(entry.array());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}

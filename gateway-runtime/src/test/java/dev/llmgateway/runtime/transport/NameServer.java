package dev.llmgateway.runtime.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A DNS server on the loopback address, over UDP and TCP, that answers what a test scripts (RFC
/// 1035, section 4).
final class NameServer implements AutoCloseable {
    static final int TYPE_A = 1;
    static final int TYPE_AAAA = 28;

    private static final int HEADER = 12;
    private static final int TYPE_CNAME = 5;
    private static final int TRUNCATED = 0x0200;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Question, Answer> script;

    /// The IPv4 addresses of a few names; everything else has none.
    NameServer(Map<String, List<String>> addresses) throws IOException {
        this(question -> new Addresses(addresses.getOrDefault(question.name(), List.of()), 60));
    }

    NameServer(Function<Question, Answer> script) throws IOException {
        this.script = script;
        this.tcp = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        this.udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("name-server-udp").start(this::serveUdp);
        Thread.ofVirtual().name("name-server-tcp").start(this::serveTcp);
    }

    /// @param name with the final dot
    /// @param tcp whether it came over TCP
    record Question(String name, int type, boolean tcp) {}

    /// What is said to a question.
    sealed interface Answer {}

    /// Those of the addresses that are of the type asked for.
    record Addresses(List<String> addresses, int ttl) implements Answer {}

    /// Another name, and its addresses in the same message.
    record Alias(String target, List<String> addresses) implements Answer {}

    /// Nothing but a code: 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED.
    record Code(int code) implements Answer {}

    record Silence() implements Answer {}

    /// The same after a while.
    record Late(long millis, Answer answer) implements Answer {}

    /// Over UDP only that there is more; the rest over TCP.
    record Truncated(Answer answer) implements Answer {}

    NameServer script(Function<Question, Answer> next) {
        script = next;
        return this;
    }

    /// Such as `127.0.0.1:40123`.
    String address() {
        return udp.getLocalAddress().getHostAddress() + ":" + udp.getLocalPort();
    }

    /// How often IPv4 addresses of the name were asked for.
    long asked(String name) {
        return questions.stream()
                .filter(question -> question.name().equals(name) && question.type() == TYPE_A)
                .count();
    }

    private void serveUdp() {
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[1_024], 1_024);
                udp.receive(packet);
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                SocketAddress from = packet.getSocketAddress();
                Thread.ofVirtual()
                        .start(() ->
                                answer(
                                        query,
                                        false,
                                        bytes ->
                                                udp.send(
                                                        new DatagramPacket(
                                                                bytes, bytes.length, from))));
            } catch (IOException e) {
                unlessClosed(e);
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                unlessClosed(e);
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] query = in.readNBytes(in.readUnsignedShort());
            answer(
                    query,
                    true,
                    bytes -> {
                        out.writeShort(bytes.length);
                        out.write(bytes);
                    });
            in.read(); // until the peer closes
        } catch (IOException e) {
            unlessClosed(e);
        }
    }

    private void unlessClosed(IOException failure) {
        if (!udp.isClosed() && !(failure instanceof SocketException)) {
            throw new UncheckedIOException(failure);
        }
    }

    private interface Sender {
        void send(byte[] answer) throws IOException;
    }

    private void answer(byte[] query, boolean overTcp, Sender sender) {
        int end = HEADER;
        StringBuilder name = new StringBuilder();
        while (query[end] != 0) {
            name.append(new String(query, end + 1, query[end], StandardCharsets.US_ASCII))
                    .append('.');
            end += query[end] + 1;
        }
        int type = ByteBuffer.wrap(query).getShort(end + 1);
        Question question = new Question(name.toString(), type, overTcp);
        questions.add(question);
        try {
            say(script.apply(question), question, Arrays.copyOf(query, end + 5), sender);
        } catch (IOException e) {
            unlessClosed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param query header and question
    private void say(Answer answer, Question question, byte[] query, Sender sender)
            throws IOException, InterruptedException {
        switch (answer) {
            case Silence _ -> {}
            case Code(int code) -> sender.send(message(query, code, List.of()));
            case Late(long millis, Answer late) -> {
                if (!closed.await(millis, TimeUnit.MILLISECONDS)) {
                    say(late, question, query, sender);
                }
            }
            case Truncated(Answer whole) -> {
                if (question.tcp()) {
                    say(whole, question, query, sender);
                } else {
                    sender.send(message(query, TRUNCATED, List.of()));
                }
            }
            case Addresses(List<String> addresses, int ttl) ->
                    sender.send(
                            message(query, 0, records(addresses, question.type(), ttl, 0xc00c)));
            case Alias(String target, List<String> addresses) ->
                    sender.send(
                            message(query, 0, alias(target, addresses, question.type(), query)));
        }
    }

    private static List<byte[]> alias(String target, List<String> addresses, int type, byte[] query)
            throws IOException {
        byte[] name = name(target);
        List<byte[]> all = new CopyOnWriteArrayList<>();
        all.add(record(0xc00c, TYPE_CNAME, 60, name));
        int targetAt = query.length + 12; // where the alias's data begins
        all.addAll(records(addresses, type, 60, 0xc000 | targetAt));
        return all;
    }

    private static byte[] name(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : text.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    private static List<byte[]> records(List<String> addresses, int type, int ttl, int owner)
            throws IOException {
        List<byte[]> all = new CopyOnWriteArrayList<>();
        for (String address : addresses) {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (type == (bytes.length == 4 ? TYPE_A : TYPE_AAAA)) {
                all.add(record(owner, type, ttl, bytes));
            }
        }
        return all;
    }

    private static byte[] record(int owner, int type, int ttl, byte[] data) {
        return ByteBuffer.allocate(12 + data.length)
                .putShort((short) owner)
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(ttl)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    private static byte[] message(byte[] query, int flags, List<byte[]> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(HEADER)
                        .putShort(ByteBuffer.wrap(query).getShort(0))
                        .putShort((short) (0x8580 | flags)) // an authoritative answer
                        .putShort((short) 1)
                        .putShort((short) records.size())
                        .putInt(0)
                        .array());
        out.write(query, HEADER, query.length - HEADER);
        records.forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        udp.close();
        tcp.close();
    }
}

package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.MessageReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// An egress proxy that opens every tunnel to the same port of this machine, whatever name it is
/// asked for, or answers the request for one with the bytes it is told.
final class TunnelProxy implements AutoCloseable {
    static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final ServerSocket server;
    private final int target;
    private final List<HttpMessage> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile String answer = OPEN;

    TunnelProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("tunnel-proxy").start(this::accept);
    }

    /// Sends these bytes instead; `FIN` at their end closes behind them. No tunnel is opened.
    void answer(String bytes) {
        answer = bytes;
    }

    String url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort()).toString();
    }

    /// Requests for tunnels.
    List<HttpMessage> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try {
            Optional<HttpMessage> request = new MessageReader(client.getInputStream()).request();
            if (request.isEmpty()) {
                client.close();
                return;
            }
            asked.add(request.get());
            String bytes = answer;
            boolean fin = bytes.endsWith("FIN");
            String sent = fin ? bytes.substring(0, bytes.length() - 3) : bytes;
            client.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            if (fin) {
                client.close();
            } else if (bytes.equals(OPEN)) {
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(upstream);
                Thread.ofVirtual().start(() -> pump(upstream, client));
                pump(client, upstream);
            }
        } catch (SocketException _) {
            return; // the gateway left
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (SocketException _) {
            return; // one side left
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

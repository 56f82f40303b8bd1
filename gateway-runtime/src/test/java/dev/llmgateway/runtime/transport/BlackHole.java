package dev.llmgateway.runtime.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// An address that takes no connection and refuses none: its queue of connections is full, so the
/// kernel drops what comes.
final class BlackHole implements AutoCloseable {
    private static final int MOST_FILLERS = 16;
    private static final int PATIENCE_MILLIS = 150;

    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();

    BlackHole(String address, int port) throws IOException {
        server = new ServerSocket(port, 1, InetAddress.getByName(address));
        for (int i = 0; i < MOST_FILLERS; i++) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(
                        new InetSocketAddress(address, server.getLocalPort()), PATIENCE_MILLIS);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
        throw new AssertionError("the queue of " + address + " never fills");
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket filler : fillers) {
            filler.close();
        }
        server.close();
    }
}

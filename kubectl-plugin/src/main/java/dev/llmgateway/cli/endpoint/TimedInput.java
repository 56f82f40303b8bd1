package dev.llmgateway.cli.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// What arrives until a deadline, however slowly it trickles.
final class TimedInput extends InputStream {
    private final Socket socket;
    private final Deadline deadline;
    private final InputStream in;

    TimedInput(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.in = socket.getInputStream();
    }

    @Override
    public int read() throws IOException {
        socket.setSoTimeout(deadline.left());
        return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        socket.setSoTimeout(deadline.left());
        return in.read(into, offset, length);
    }
}

package dev.llmgateway.runtime.transport;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/// The first lines of replies, made once.
final class StatusLines {
    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;
    private static final byte[][] LINES = new byte[HIGHEST - LOWEST + 1][];

    static {
        for (int status = LOWEST; status <= HIGHEST; status++) {
            LINES[status - LOWEST] = line(status);
        }
    }

    private StatusLines() {}

    /// With its line end; shared, not to be changed.
    static byte[] of(int status) {
        return status >= LOWEST && status <= HIGHEST ? LINES[status - LOWEST] : line(status);
    }

    private static byte[] line(int status) {
        String line = "HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.llmgateway.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One gateway process's admin port. A socket and HTTP/1.0 are enough for it, and start ten times
/// faster than an HTTP client.
///
/// @param name the pod, or what a folder's gateway is called
/// @param token empty: none is needed
public record AdminPort(String name, String host, int port, String token) {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 40_000;
    private static final int HIGHEST_PORT = 65_535;

    /// An answer.
    public record Answer(int status, String body) {
        public boolean ok() {
            return status == 200;
        }

        public JsonNode json() {
            return Json.parse(body);
        }
    }

    /// Empty: nobody answered.
    public Optional<Answer> get(String path) {
        return send("GET", path, "");
    }

    public Optional<Answer> post(String path, String json) {
        return send("POST", path, json);
    }

    private Optional<Answer> send(String method, String path, String body) {
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.empty();
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(head(method, path, content.length).getBytes(StandardCharsets.US_ASCII));
            out.write(content);
            out.flush();
            return answer(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private String head(String method, String path, int length) {
        return method
                + " "
                + path
                + " HTTP/1.0\r\nhost: "
                + host
                + ":"
                + port
                + "\r\n"
                + (token.isEmpty() ? "" : "authorization: Bearer " + token + "\r\n")
                + (length == 0
                        ? ""
                        : "content-type: application/json\r\ncontent-length: " + length + "\r\n")
                + "\r\n";
    }

    private static Optional<Answer> answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.") || text.length() < 12) {
            return Optional.empty();
        }
        try {
            int status = Integer.parseInt(text, 9, 12, 10);
            return Optional.of(new Answer(status, text.substring(end + 4)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "AdminPort[" + name + ", " + host + ":" + port + "]";
    }
}

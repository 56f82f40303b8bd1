package dev.llmgateway.runtime.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.fixtures.process.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/// An API server that holds one ConfigMap and some Secrets, and misbehaves as a test tells it.
public final class ScriptedApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TIMEOUT = Pattern.compile("timeoutSeconds=([0-9]+)");
    private static final Pattern VERSION = Pattern.compile("resourceVersion=([0-9]+)");
    private static final String END = "";

    /// What is done instead of answering.
    public sealed interface Fault {
        record Status(int code) implements Fault {}

        record Body(String text) implements Fault {}

        /// Never an answer, and the connection stays.
        record Silence() implements Fault {}

        record Reset() implements Fault {}
    }

    private final ServerSocket listener;
    private final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();
    private final List<Open> watches = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, Optional<Fault>> faults = _ -> Optional.empty();
    private volatile String token = "token-1";
    private volatile String index = "";
    private volatile long version = 1;
    private volatile long watchMillis = 60_000;
    private volatile boolean closed;

    /// An open watch: lines to send; the empty one ends it.
    private record Open(Socket socket, LinkedBlockingQueue<String> lines) {}

    private ScriptedApi(ServerSocket listener) {
        this.listener = listener;
    }

    /// @param port 0: any free one
    public static ScriptedApi start(int port) {
        return start(ServerSocketFactory.getDefault(), port);
    }

    /// A port that was served before may be in use for a moment: as the near end of a client that
    /// tries to reach it.
    static ScriptedApi start(ServerSocketFactory sockets, int port) {
        ScriptedApi api =
                new ScriptedApi(
                        Poll.until(
                                Duration.ofSeconds(10),
                                () -> "port " + port + " free",
                                () -> listen(sockets, port)));
        Thread.ofVirtual().start(api::accept);
        return api;
    }

    private static Optional<ServerSocket> listen(ServerSocketFactory sockets, int port) {
        try {
            return Optional.of(
                    sockets.createServerSocket(port, 64, InetAddress.getLoopbackAddress()));
        } catch (BindException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /// Replaces the index; watches are told.
    public synchronized void index(String text) {
        index = text;
        version++;
        tell("MODIFIED");
    }

    synchronized void deleteIndex() {
        version++;
        tell("DELETED");
        index = "";
    }

    /// Tells all watches of the index again.
    synchronized void tell(String type) {
        send(event(type));
    }

    public void secret(String name, String key, String base64) {
        secrets.put(name, Map.of(key, base64));
    }

    void removeSecret(String name) {
        secrets.remove(name);
    }

    /// The only token that is accepted from now on.
    void token(String accepted) {
        token = accepted;
    }

    /// @param rules by request target; empty: answered as it should be
    public void faults(Function<String, Optional<Fault>> rules) {
        faults = rules;
    }

    /// Watches are ended in order after this time, though they asked for more.
    void watchesLive(long millis) {
        watchMillis = millis;
    }

    /// A line to all watches.
    void send(String line) {
        watches.forEach(watch -> watch.lines().add(line));
    }

    /// Watches stay open and hear nothing any more.
    void forgetWatches() {
        watches.clear();
    }

    public void endWatches() {
        send(END);
    }

    void resetWatches() throws IOException {
        for (Open watch : watches) {
            watch.socket().setSoLinger(true, 0);
            watch.socket().close();
        }
    }

    public int openWatches() {
        return watches.size();
    }

    /// Requests whose target contains the text.
    long asked(String text) {
        return asked.stream().filter(target -> target.contains(text)).count();
    }

    long lists() {
        return asked("configmaps") - asked("watch=1");
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            while (line != null && answer(socket, target(line), authorization(in))) {
                line = in.readLine();
            }
        } catch (IOException | InterruptedException _) {
            Thread.currentThread().interrupt(); // the client left; so does this thread
        }
    }

    private static String target(String requestLine) {
        int start = requestLine.indexOf(' ') + 1;
        return requestLine.substring(start, requestLine.indexOf(' ', start));
    }

    private static String authorization(BufferedReader in) throws IOException {
        String found = "";
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            if (line.startsWith("authorization: ")) {
                found = line.substring("authorization: ".length());
            }
            line = in.readLine();
        }
        return found;
    }

    /// False: the connection is at its end.
    private boolean answer(Socket socket, String target, String authorization)
            throws IOException, InterruptedException {
        asked.add(target);
        Optional<Fault> fault = faults.apply(target);
        if (fault.isPresent()) {
            return misbehave(socket, fault.get());
        }
        if (!authorization.equals("Bearer " + token)) {
            return reply(socket, 401, "{}");
        }
        if (target.contains("/secrets/")) {
            return secret(socket, target.substring(target.lastIndexOf('/') + 1));
        }
        if (!target.contains("fieldSelector=metadata.name%3Dmain-plan")) {
            return reply(socket, 403, "{}");
        }
        if (target.contains("watch=1")) {
            watch(socket, target);
            return true;
        }
        return reply(socket, 200, list());
    }

    private static boolean misbehave(Socket socket, Fault fault)
            throws IOException, InterruptedException {
        return switch (fault) {
            case Fault.Status(int code) -> reply(socket, code, "{}");
            case Fault.Body(String text) -> reply(socket, 200, text);
            case Fault.Silence() -> {
                yield socket.getInputStream().read() >= 0;
            }
            case Fault.Reset() -> {
                socket.setSoLinger(true, 0);
                yield false;
            }
        };
    }

    private boolean secret(Socket socket, String name) throws IOException {
        Map<String, String> data = secrets.get(name);
        if (data == null) {
            return reply(socket, 404, "{}");
        }
        ObjectNode secret = JSON.createObjectNode();
        ObjectNode values = secret.putObject("data");
        data.forEach(values::put);
        return reply(socket, 200, secret.toString());
    }

    private void watch(Socket socket, String target) throws IOException, InterruptedException {
        Open open = new Open(socket, new LinkedBlockingQueue<>());
        synchronized (this) {
            if (number(VERSION, target) < version && !index.isEmpty()) {
                open.lines().add(event("MODIFIED"));
            }
            watches.add(open);
        }
        OutputStream out = socket.getOutputStream();
        out.write(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        long end = System.nanoTime() + millis(target) * 1_000_000;
        String line = open.lines().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        while (line != null && !line.equals(END)) {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            out.write(
                    (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.UTF_8));
            line = open.lines().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        if (watches.remove(open)) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } else {
            socket.getInputStream().read(); // forgotten: nothing more is said
        }
    }

    private long millis(String target) {
        return Math.min(watchMillis, number(TIMEOUT, target) * 1_000);
    }

    private static long number(Pattern pattern, String target) {
        Matcher matcher = pattern.matcher(target);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private synchronized String list() {
        ObjectNode list = JSON.createObjectNode();
        list.putObject("metadata").put("resourceVersion", Long.toString(version));
        var items = list.putArray("items");
        if (!index.isEmpty()) {
            items.add(configMap());
        }
        return list.toString();
    }

    private String event(String type) {
        ObjectNode event = JSON.createObjectNode();
        event.put("type", type);
        event.set("object", configMap());
        return event.toString();
    }

    private ObjectNode configMap() {
        ObjectNode object = JSON.createObjectNode();
        object.putObject("metadata").put("resourceVersion", Long.toString(version));
        object.putObject("data").put("index.json", index);
        return object;
    }

    private static boolean reply(Socket socket, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(
                        ("HTTP/1.1 "
                                        + status
                                        + " X\r\ncontent-length: "
                                        + bytes.length
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        return true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

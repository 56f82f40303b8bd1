package dev.llmgateway.cli.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.crds.compile.ConnectGuard;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.plan.EgressPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/// A connection for one call. The address that is judged is the address that is connected: nothing
/// resolves the name again.
final class Connection implements AutoCloseable {
    private final URI url;
    private final Hop hop;
    private final Socket socket;
    private final Deadline deadline;

    private Connection(URI url, Hop hop, Socket socket, Deadline deadline) {
        this.url = url;
        this.hop = hop;
        this.socket = socket;
        this.deadline = deadline;
    }

    static Connection open(String address, EgressPlan egress, Deadline deadline)
            throws IOException {
        ConnectGuard guard = ConnectGuard.of(egress);
        Optional<String> refusal = guard.refuse(address);
        if (refusal.isPresent()) {
            throw new EndpointProblem("may not be called: " + refusal.get());
        }
        URI url = URI.create(address);
        Hop hop = Hop.of(url, egress);
        Socket socket = dial(hop, guard, deadline);
        try {
            if (hop.proxied() && hop.secure()) {
                tunnel(socket, hop, deadline);
            }
            Socket ready =
                    hop.secure()
                            ? Trust.of(egress.caBundle()).secured(socket, hop, deadline)
                            : socket;
            return new Connection(url, hop, ready, deadline);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket dial(Hop hop, ConnectGuard guard, Deadline deadline) throws IOException {
        IOException last = new EndpointProblem("has no address that may be connected");
        for (InetAddress address : InetAddress.getAllByName(Hop.bare(hop.dialled()))) {
            if (!guard.allows(address, hop.dialled(), hop.dialledPort())) {
                continue;
            }
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, hop.dialledPort()), deadline.left());
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private static void tunnel(Socket socket, Hop hop, Deadline deadline) throws IOException {
        String target = hop.authority();
        socket.getOutputStream()
                .write(
                        ("CONNECT " + target + " HTTP/1.1\r\nhost: " + target + "\r\n\r\n")
                                .getBytes(US_ASCII));
        Answer.Head head = Answer.Head.read(new TimedInput(socket, deadline));
        if (head.status() < 200 || head.status() > 299) {
            throw new EndpointProblem("is behind a proxy that answered " + head.status());
        }
    }

    void send(Form form) throws IOException {
        byte[] body = form.body().getBytes(US_ASCII); // form-encoded
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = hop.proxied() && !hop.secure() ? "http://" + hop.authority() + path : path;
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String head =
                "POST "
                        + target
                        + query
                        + " HTTP/1.1\r\nhost: "
                        + (url.getPort() < 0 ? hop.host() : hop.authority())
                        + "\r\naccept: application/json\r\nuser-agent: llm-gateway\r\n"
                        + form.authorization()
                                .map(value -> "authorization: " + value + "\r\n")
                                .orElse("")
                        + "content-type: application/x-www-form-urlencoded\r\ncontent-length: "
                        + body.length
                        + "\r\nconnection: close\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(US_ASCII));
        out.write(body);
        out.flush();
    }

    InputStream in() throws IOException {
        return new TimedInput(socket, deadline);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

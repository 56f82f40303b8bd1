package dev.llmgateway.cli.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// A listener on the loopback interface that catches the redirect of a sign-in (RFC 8252, 7.3):
/// requests of other hosts, origins and paths are refused, one callback is accepted.
final class Loopback implements AutoCloseable {
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final String DEFAULT = "http://127.0.0.1/callback";
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int BACKLOG = 16;

    private final ServerSocket server;
    private final URI redirect;
    private final Answers answers;
    private final AtomicBoolean accepted = new AtomicBoolean();

    private Loopback(ServerSocket server, URI redirect, Answers answers) {
        this.server = server;
        this.redirect = redirect;
        this.answers = answers;
    }

    /// Whether a redirect leads to this machine, other than to a page of a provider on it.
    ///
    /// @param configured of the account or its profile; empty: none, so any will do
    /// @param authorize address of the sign-in page
    static boolean serves(String configured, String authorize) {
        if (configured.isEmpty()) {
            return true;
        }
        URI uri = URI.create(configured);
        return "http".equals(uri.getScheme())
                && uri.getHost() != null
                && HOSTS.contains(uri.getHost())
                && !uri.getRawAuthority().equals(URI.create(authorize).getRawAuthority());
    }

    /// @param configured a port in it is used, without one a free one is
    static Loopback listen(String configured, Answers answers) {
        URI wanted = URI.create(configured.isEmpty() ? DEFAULT : configured);
        try {
            ServerSocket server =
                    new ServerSocket(Math.max(0, wanted.getPort()), BACKLOG, address(wanted));
            String path = wanted.getRawPath().isEmpty() ? "/" : wanted.getRawPath();
            URI redirect =
                    URI.create("http://" + wanted.getHost() + ":" + server.getLocalPort() + path);
            Loopback loopback = new Loopback(server, redirect, answers);
            Thread.ofVirtual().name("sign-in-listener").start(loopback::accept);
            return loopback;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE, "cannotListen", wanted, e.getClass().getSimpleName());
        }
    }

    private static InetAddress address(URI redirect) {
        return InetAddress.ofLiteral(redirect.getHost().equals("[::1]") ? "::1" : "127.0.0.1");
    }

    String redirect() {
        return redirect.toString();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            CallbackRequest request = CallbackRequest.read(socket.getInputStream());
            CallbackPage page = answer(request);
            socket.getOutputStream().write(page.bytes());
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // A browser that went away is told nothing; whatever it brought was judged before.
        }
    }

    private CallbackPage answer(CallbackRequest request) {
        if (!request.isFor(redirect)) {
            return CallbackPage.FOREIGN;
        }
        if (!request.path().equals(redirect.getRawPath())) {
            return CallbackPage.MISSING;
        }
        synchronized (accepted) {
            if (accepted.get()) {
                return CallbackPage.SPENT;
            }
            accepted.set(answers.caught(request.query()));
            return accepted.get() ? CallbackPage.DONE : CallbackPage.STRAY;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the browser shows; it quotes nothing of the request.
    private enum CallbackPage {
        DONE(
                "200 OK",
                "Back to the terminal: it shows how the sign-in ended. You may close this page."),
        STRAY("400 Bad Request", "This page does not belong to the sign-in that is under way."),
        SPENT("410 Gone", "This sign-in is over."),
        MISSING("404 Not Found", "There is nothing here."),
        FOREIGN("403 Forbidden", "This listener answers its own sign-in alone.");

        private final String status;
        private final String text;

        CallbackPage(String status, String text) {
            this.status = status;
            this.text = text;
        }

        byte[] bytes() {
            String html =
                    "<!doctype html><meta charset=utf-8><title>llm-gateway</title><p>"
                            + text
                            + "\n";
            return ("HTTP/1.1 "
                            + status
                            + "\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: "
                            + html.getBytes(UTF_8).length
                            + "\r\ncache-control: no-store\r\nreferrer-policy: no-referrer"
                            + "\r\ncontent-security-policy: default-src 'none'"
                            + "\r\nconnection: close\r\n\r\n"
                            + html)
                    .getBytes(UTF_8);
        }
    }
}

package dev.llmgateway.runtime.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.runtime.source.oauth.IdentityProviders;
import dev.llmgateway.runtime.transport.CallTimeouts;
import dev.llmgateway.runtime.transport.Endpoint;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.UpstreamRequest;
import dev.llmgateway.runtime.upstream.UpstreamTarget;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Asks identity providers through the data plane's own connector: the same guard judges the
/// address that is connected, the same proxies and trusted roots hold, redirects are not followed.
///
/// @param loop empty: the data port is not open yet
record IdentityCalls(Supplier<Optional<Loop>> loop) implements IdentityProviders {
    private static final long CONNECT_MILLIS = 5_000;

    /// The loop ends the call; this is for a loop that has stopped.
    private static final long PATIENCE_MILLIS = Form.TIMEOUT_MILLIS + 5_000;

    private static final CallTimeouts TIMEOUTS =
            new CallTimeouts(
                    CONNECT_MILLIS,
                    CONNECT_MILLIS,
                    Form.TIMEOUT_MILLIS,
                    Form.TIMEOUT_MILLIS,
                    Form.TIMEOUT_MILLIS);

    @Override
    public TokenAnswer token(Form form, EgressPlan egress) {
        Optional<Loop> own = loop.get();
        if (own.isEmpty()) {
            return unavailable("the gateway is not serving yet");
        }
        URI url = URI.create(form.url());
        Endpoint endpoint = UpstreamTarget.endpoint(egress, url);
        CompletableFuture<TokenAnswer> answer = new CompletableFuture<>();
        own.get().execute(() -> call(own.get(), endpoint, url, form, answer));
        try {
            return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return unavailable("did not answer in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unavailable("was not waited for");
        } catch (ExecutionException e) {
            throw new IllegalStateException("only answers are ever told", e);
        }
    }

    private static TokenAnswer unavailable(String why) {
        return new TokenAnswer.Unavailable(why, Optional.empty());
    }

    private static void call(
            Loop loop,
            Endpoint endpoint,
            URI url,
            Form form,
            CompletableFuture<TokenAnswer> answer) {
        byte[] body = form.body().getBytes(US_ASCII); // form-encoded
        IdentityReply reply = new IdentityReply(answer);
        UpstreamRequest request =
                new UpstreamRequest(
                        false,
                        buffer(loop, head(endpoint, url, form, body.length).getBytes(US_ASCII)),
                        List.of(buffer(loop, body)),
                        TIMEOUTS);
        reply.of(loop.upstream().call(endpoint, request, reply));
    }

    private static String head(Endpoint endpoint, URI url, Form form, int length) {
        String authority = url.getRawAuthority();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        // A proxy that is no tunnel learns from the request line where to go (RFC 9112, 3.2.2).
        boolean absolute = !endpoint.tls().enabled() && !endpoint.egress().proxy().isEmpty();
        return "POST "
                + (absolute ? "http://" + authority : "")
                + path
                + query
                + " HTTP/1.1\r\nhost: "
                + authority
                + "\r\naccept: application/json\r\naccept-encoding: identity\r\n"
                + form.authorization().map(value -> "authorization: " + value + "\r\n").orElse("")
                + "user-agent: llm-gateway\r\ncontent-type: application/x-www-form-urlencoded"
                + "\r\ncontent-length: "
                + length
                + "\r\n\r\n";
    }

    private static ByteBuf buffer(Loop loop, byte[] bytes) {
        return loop.allocator().buffer(bytes.length).writeBytes(bytes);
    }
}

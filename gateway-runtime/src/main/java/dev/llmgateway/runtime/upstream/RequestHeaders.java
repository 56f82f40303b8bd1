package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.HeaderPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the head of an upstream request: the client's allowed headers, then the account's
/// credential and headers.
///
/// What is not on the list does not pass, so a caller can neither set nor shadow the credential; a
/// header that the client's `Connection` names is dropped as well.
public final class RequestHeaders {
    private static final int USUAL_BYTES = 1_024;
    private static final String BETA = "anthropic-beta";
    private static final String VERSION = "anthropic-version";
    private static final String DEFAULT_VERSION = "2023-06-01";

    private final ByteBuf out;
    private final UpstreamTarget target;
    private final RequestHead client;

    private RequestHeaders(ByteBuf out, UpstreamTarget target, RequestHead client) {
        this.out = out;
        this.target = target;
        this.client = client;
    }

    /// @param length bytes of the body
    /// @return request line, headers and the empty line; owned by the caller
    public static ByteBuf head(
            UpstreamTarget target,
            WireFormat format,
            RequestHead client,
            Credential credential,
            long length,
            ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(USUAL_BYTES);
        try {
            new RequestHeaders(out, target, client).write(format, credential, length);
            return out;
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
    }

    private void write(WireFormat format, Credential credential, long length) {
        ascii("POST ").ascii(path(format)).ascii(" HTTP/1.1\r\n");
        line("host", target.authority());
        line("accept-encoding", "identity");
        forward();
        if (format == WireFormat.Messages || format == WireFormat.CountTokens) {
            anthropic();
        }
        authenticate(credential);
        for (HeaderPlan header : target.account().addHeaders()) {
            line(header.name(), header.value());
        }
        line("content-length", Long.toString(length));
        ascii("\r\n");
    }

    private String path(WireFormat format) {
        String path = java.util.Objects.requireNonNull(target.paths().get(format));
        return SafeQuery.passes(client.query()) ? path + "?" + client.query() : path;
    }

    private void forward() {
        List<String> more = target.account().forwardHeaders();
        String connection = client.header("connection");
        String nominated = connection == null ? "" : connection.toLowerCase(Locale.ROOT);
        client.forEachHeader((name, value) -> {
            if (AllowedHeaders.passes(name, more)
                    && !AllowedHeaders.same(name, BETA)
                    && !added(name)
                    && !nominates(nominated, name)) {
                line(name, value);
            }
        });
    }

    private void anthropic() {
        if (client.header(VERSION) == null && !added(VERSION)) {
            line(VERSION, DEFAULT_VERSION);
        }
        if (!added(BETA)) {
            boolean oauth =
                    target.account().credential() instanceof CredentialPlan.OAuth(_, String profile)
                            && profile.equals("Anthropic");
            String betas = AnthropicBetas.merged(client.headers(BETA), oauth);
            if (!betas.isEmpty()) {
                line(BETA, betas);
            }
        }
    }

    private void authenticate(Credential credential) {
        switch (credential) {
            case Credential.Value(String text) -> authenticate(text);
            case Credential.Callers _ -> {
                own("authorization");
                own("x-api-key");
                own("api-key");
                own("x-goog-api-key");
            }
            case Credential.None _ -> {}
        }
    }

    private void authenticate(String text) {
        switch (target.account().credential()) {
            case CredentialPlan.ApiKey(_, CredentialPlan.Header header) -> {
                switch (header) {
                    case XApiKey -> line("x-api-key", text);
                    case ApiKey -> line("api-key", text);
                    case Bearer -> bearer(text);
                    case ByVersion -> {
                        if (AnthropicBetas.bearerVersion(client.header(VERSION))) {
                            bearer(text);
                        } else {
                            line("x-api-key", text);
                        }
                    }
                }
            }
            case CredentialPlan.OAuth _ -> bearer(text);
            case CredentialPlan.Passthrough _, CredentialPlan.Anonymous _ -> {}
        }
    }

    private void own(String name) {
        String value = client.header(name);
        if (value != null) {
            line(name, value);
        }
    }

    private void bearer(String text) {
        ascii("authorization: Bearer ").ascii(text).ascii("\r\n");
    }

    /// The account's own header of this name wins.
    private boolean added(CharSequence name) {
        for (String added : target.addedNames()) {
            if (AllowedHeaders.same(name, added)) {
                return true;
            }
        }
        return false;
    }

    private static boolean nominates(String connection, CharSequence name) {
        if (connection.isEmpty() || connection.equals("keep-alive") || connection.equals("close")) {
            return false;
        }
        for (String token : connection.split(",", -1)) {
            if (AllowedHeaders.same(name, token.strip())) {
                return true;
            }
        }
        return false;
    }

    private void line(CharSequence name, @Nullable CharSequence value) {
        ascii(name).ascii(": ").ascii(value == null ? "" : value).ascii("\r\n");
    }

    private RequestHeaders ascii(CharSequence text) {
        ByteBufUtil.writeAscii(out, text);
        return this;
    }
}

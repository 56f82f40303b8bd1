package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.CallTimeouts;
import dev.llmgateway.runtime.transport.EgressPolicy;
import dev.llmgateway.runtime.transport.Endpoint;
import dev.llmgateway.runtime.transport.TlsProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/// Everything about calling one account that does not change from call to call; made once per
/// account when a plan is loaded.
public final class UpstreamTarget {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Endpoint endpoint;
    private final CallTimeouts streaming;
    private final CallTimeouts whole;
    private final CredentialPlan credential;
    private final AccountHeaders headers;
    private final boolean anthropicModels;
    private final Map<WireFormat, byte[]> paths = new EnumMap<>(WireFormat.class);
    private final byte[] lineTail;

    private UpstreamTarget(AccountPlan account, URI base) {
        boolean secure = secure(base);
        int defaultPort = secure ? HTTPS : HTTP;
        this.endpoint = endpoint(account.egress(), base);
        int port = endpoint.port();
        this.streaming = streaming(account.timeouts());
        this.whole = whole(account.timeouts());
        this.credential = account.credential();
        this.headers = new AccountHeaders(account.addHeaders(), account.forwardHeaders());
        this.anthropicModels = anthropicModels(account);
        String authority = port == defaultPort ? base.getHost() : base.getHost() + ":" + port;
        // A proxy that is no tunnel learns from the request line where to go (RFC 9112, 3.2.2).
        boolean absolute = !secure && !endpoint.egress().proxy().isEmpty();
        String origin = absolute ? "http://" + authority : "";
        for (WireFormat format : WireFormat.values()) {
            String path = UpstreamPaths.join(base.getRawPath(), format, anthropic(format));
            paths.put(format, ascii(origin + path));
        }
        this.lineTail =
                ascii(" HTTP/1.1\r\nhost: " + authority + "\r\naccept-encoding: identity\r\n");
    }

    /// @throws IllegalArgumentException for an account without a URL (`Simulated` is never called
    ///   over the network) or with one that names no host
    public static UpstreamTarget of(AccountPlan account) {
        URI base = URI.create(account.baseURL());
        if (base.getHost() == null || base.getScheme() == null) {
            throw new IllegalArgumentException("account " + account.ref() + " has no base URL");
        }
        return new UpstreamTarget(account, base);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// A stream may last, but neither start late nor fall silent. A non-stream is silent until it
    /// is done, so only its end is bounded.
    public CallTimeouts timeouts(boolean stream) {
        return stream ? streaming : whole;
    }

    /// The request target as sent, without query: a path, or a URL where a proxy needs one.
    public String path(WireFormat format) {
        return new String(pathBytes(format), StandardCharsets.US_ASCII);
    }

    /// Whether it is called with tokens of a sign-in, each the successor of the one before.
    public boolean signedIn() {
        return credential instanceof CredentialPlan.OAuth;
    }

    CredentialPlan credential() {
        return credential;
    }

    AccountHeaders headers() {
        return headers;
    }

    byte[] pathBytes(WireFormat format) {
        byte[] path = paths.get(format);
        if (path == null) {
            throw new IllegalStateException("every format has a path");
        }
        return path;
    }

    /// Rest of the request line, `host` and `accept-encoding`.
    byte[] lineTail() {
        return lineTail;
    }

    /// Whether this format is Anthropic's at this upstream.
    boolean anthropic(WireFormat format) {
        return switch (format) {
            case Messages, CountTokens -> true;
            case Models -> anthropicModels;
            case ChatCompletions, Responses, Completions, Embeddings -> false;
        };
    }

    private static boolean secure(URI base) {
        return base.getScheme().equalsIgnoreCase("https");
    }

    private static boolean anthropicModels(AccountPlan account) {
        return account.provider() == Provider.Anthropic
                || account.provider() == Provider.AnthropicCompatible;
    }

    /// Where a URL with a host is called, in an account's own way to the network.
    private static Endpoint endpoint(EgressPlan egress, URI base) {
        String host = withoutBrackets(base.getHost());
        boolean secure = secure(base);
        int port = base.getPort() >= 0 ? base.getPort() : secure ? HTTPS : HTTP;
        String configured = secure ? egress.httpsProxy() : egress.httpProxy();
        String proxy = NoProxy.matches(egress.noProxy(), host, port) ? "" : configured;
        TlsProfile verified =
                egress.caBundle().isEmpty()
                        ? TlsProfile.PLATFORM
                        : new TlsProfile(true, egress.caBundle());
        return new Endpoint(
                host,
                port,
                secure ? verified : TlsProfile.CLEAR,
                new EgressPolicy(egress.allowPrivateNetworks(), egress.allowHosts(), proxy));
    }

    private static CallTimeouts streaming(TimeoutPlan plan) {
        return new CallTimeouts(
                plan.connectMillis(),
                plan.tlsMillis(),
                plan.firstByteMillis(),
                plan.streamIdleMillis(),
                plan.streamNoContentMillis(),
                plan.totalMillis());
    }

    private static CallTimeouts whole(TimeoutPlan plan) {
        long response = shorter(plan.responseMillis(), plan.totalMillis());
        return new CallTimeouts(plan.connectMillis(), plan.tlsMillis(), response, 0, 0, response);
    }

    /// The shorter of two limits, where 0 is none.
    private static long shorter(long one, long other) {
        if (one == 0 || other == 0) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

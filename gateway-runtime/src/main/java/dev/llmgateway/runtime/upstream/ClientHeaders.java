package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.runtime.transport.RequestHead;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// Writes the client's allowed header lines and remembers what later lines depend on. Nothing the
/// client sends can name the account's credential, and removing a header by nominating it in
/// `Connection` reaches only the client's own lines.
final class ClientHeaders implements BiConsumer<CharSequence, CharSequence> {
    private final UpstreamTarget target;
    private final boolean sameFormat;
    private final boolean anthropic;
    private final boolean passthrough;
    private final List<String> nominated;
    private final ByteBuf out;
    private final BetaList betas = new BetaList();
    private String version;
    private boolean contentType;
    private long written;

    ClientHeaders(
            UpstreamTarget target,
            UpstreamRoute route,
            RequestHead client,
            Credential credential,
            ByteBuf out) {
        this.target = target;
        this.sameFormat = route.sameFormat();
        this.anthropic = target.anthropic(route.format());
        // Without the gateway's own header those credentials opened the gateway: they are our keys.
        this.passthrough =
                credential instanceof Credential.Passthrough
                        && target.credential() instanceof CredentialPlan.Passthrough
                        && client.header("x-llm-gateway-key") != null;
        this.nominated = nominated(client);
        this.out = out;
        this.version = target.headers().version();
        this.contentType = target.headers().adds("content-type");
    }

    @Override
    public void accept(CharSequence name, CharSequence value) {
        HeaderNames.Known known = HeaderNames.find(name);
        if (!passes(known.kind(), name) || target.headers().adds(name) || nominated(name)) {
            return;
        }
        if ((written & known.bit()) != 0 || !clean(value)) {
            return;
        }
        written |= known.bit();
        switch (known.kind()) {
            case AnthropicBeta -> betas.addAll(BetaList.split(value));
            case AnthropicVersion -> {
                version = value.toString();
                RequestHeaders.line(out, name, value);
            }
            case ContentType -> {
                contentType = true;
                RequestHeaders.line(out, name, value);
            }
            case General, Vendor, Anthropic, OpenAi, Tenant, Credential, Other ->
                    RequestHeaders.line(out, name, value);
        }
    }

    /// The effective `anthropic-version`; empty: none yet.
    String version() {
        return version;
    }

    boolean hasContentType() {
        return contentType;
    }

    BetaList betas() {
        return betas;
    }

    private boolean passes(HeaderNames.Kind kind, CharSequence name) {
        return switch (kind) {
            case General -> true;
            // A translated body is ours, and so is its type.
            case ContentType, Vendor -> sameFormat;
            case Anthropic, AnthropicBeta, AnthropicVersion -> sameFormat && anthropic;
            case OpenAi -> sameFormat && !anthropic;
            case Tenant -> sameFormat && !anthropic && passthrough;
            case Credential -> passthrough;
            case Other -> target.headers().forwards(name);
        };
    }

    private boolean nominated(CharSequence name) {
        return !nominated.isEmpty() && nominated.contains(lower(name));
    }

    /// Names that `Connection` declares hop-by-hop.
    private static List<String> nominated(RequestHead client) {
        if (client.header("connection") == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>(0);
        for (String line : client.headers("connection")) {
            for (String token : line.split(",", -1)) {
                String name = lower(token).strip();
                if (!name.isEmpty() && !name.equals("keep-alive") && !name.equals("close")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String lower(CharSequence text) {
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /// The guard refuses such bytes already; a head is never trusted to one check.
    private static boolean clean(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
                return false;
            }
        }
        return true;
    }
}

package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.CallTimeouts;
import dev.llmgateway.runtime.transport.EgressPolicy;
import dev.llmgateway.runtime.transport.Endpoint;
import dev.llmgateway.runtime.transport.TlsProfile;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Where and how one account is called; worked out once when a plan is loaded.
///
/// @param authority value of the Host header
/// @param paths request path by format
/// @param addedNames lower-case names of the account's own headers, which win over the client's
public record UpstreamTarget(
        AccountPlan account,
        Endpoint endpoint,
        String authority,
        Map<WireFormat, String> paths,
        List<String> addedNames,
        CallTimeouts streaming,
        CallTimeouts whole) {

    public static UpstreamTarget of(AccountPlan account) {
        URI base = URI.create(account.baseURL());
        boolean tls = "https".equals(base.getScheme());
        int port = base.getPort() > 0 ? base.getPort() : tls ? 443 : 80;
        String host =
                base.getHost().startsWith("[")
                        ? base.getHost().substring(1, base.getHost().length() - 1)
                        : base.getHost();
        EgressPlan egress = account.egress();
        return new UpstreamTarget(
                account,
                new Endpoint(
                        host,
                        port,
                        tls ? new TlsProfile(true, egress.caBundle()) : TlsProfile.CLEAR,
                        new EgressPolicy(
                                egress.allowPrivateNetworks(),
                                egress.allowHosts(),
                                ProxyChoice.proxy(egress, tls, host))),
                base.getPort() > 0 ? base.getHost() + ":" + port : base.getHost(),
                paths(base.getRawPath()),
                account.addHeaders().stream()
                        .map(header -> AllowedHeaders.lower(header.name()))
                        .toList(),
                streaming(account.timeouts()),
                whole(account.timeouts()));
    }

    public CallTimeouts timeouts(boolean stream) {
        return stream ? streaming : whole;
    }

    /// Joining rules of spec/resources.md, Provider table.
    private static Map<WireFormat, String> paths(String rawPath) {
        String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        String openAi = path.isEmpty() ? "/v1" : path;
        String anthropic = path.endsWith("/v1") ? path : path + "/v1";
        Map<WireFormat, String> paths = new EnumMap<>(WireFormat.class);
        for (WireFormat format : WireFormat.values()) {
            paths.put(
                    format,
                    switch (format) {
                        case ChatCompletions -> openAi + "/chat/completions";
                        case Responses -> openAi + "/responses";
                        case Completions -> openAi + "/completions";
                        case Embeddings -> openAi + "/embeddings";
                        case Models -> openAi + "/models";
                        case Messages -> anthropic + "/messages";
                        case CountTokens -> anthropic + "/messages/count_tokens";
                    });
        }
        return Map.copyOf(paths);
    }

    private static CallTimeouts streaming(TimeoutPlan plan) {
        return new CallTimeouts(
                plan.connectMillis(),
                plan.tlsMillis(),
                plan.firstByteMillis(),
                plan.streamIdleMillis(),
                plan.totalMillis());
    }

    /// A whole reply has one limit; `total`, where set, may shorten it.
    private static CallTimeouts whole(TimeoutPlan plan) {
        long response = plan.responseMillis();
        long limit = plan.totalMillis() > 0 ? Math.min(response, plan.totalMillis()) : response;
        return new CallTimeouts(plan.connectMillis(), plan.tlsMillis(), limit, limit, limit);
    }
}

package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.WireFormat;

/// What is asked of an upstream, apart from headers and body.
///
/// @param format wire format spoken to the upstream
/// @param method `GET`, `POST` or `DELETE`
/// @param suffix path behind the format's route, such as `/compact`; empty: the route itself
/// @param query the client's raw query; only its harmless parameters are passed on
/// @param sameFormat whether the client speaks `format` itself, so that vendor headers and query
///   mean something upstream
public record UpstreamRoute(
        WireFormat format, String method, String suffix, String query, boolean sameFormat) {
    public UpstreamRoute {
        if (!suffix.isEmpty() && !SafePath.isSuffix(suffix)) {
            throw new IllegalArgumentException("unsafe path suffix");
        }
    }

    /// The format's own route, asked by a client of the same format.
    public static UpstreamRoute relayed(WireFormat format, String query) {
        String method = format == WireFormat.Models ? "GET" : "POST";
        return new UpstreamRoute(format, method, "", query, true);
    }

    /// The format's own route with a body made by the gateway.
    public static UpstreamRoute translated(WireFormat format) {
        return new UpstreamRoute(format, "POST", "", "", false);
    }
}

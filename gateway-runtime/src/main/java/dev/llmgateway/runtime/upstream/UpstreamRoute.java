package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

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

    private static final Map<WireFormat, UpstreamRoute> USUAL = usual();

    /// The format's own route, asked by a client of the same format.
    public static UpstreamRoute relayed(WireFormat format, String query) {
        return query.isEmpty()
                ? Objects.requireNonNull(USUAL.get(format))
                : new UpstreamRoute(format, method(format), "", query, true);
    }

    private static String method(WireFormat format) {
        return format == WireFormat.Models ? "GET" : "POST";
    }

    private static Map<WireFormat, UpstreamRoute> usual() {
        Map<WireFormat, UpstreamRoute> all = new EnumMap<>(WireFormat.class);
        for (WireFormat format : WireFormat.values()) {
            all.put(format, new UpstreamRoute(format, method(format), "", "", true));
        }
        return all;
    }

    /// The format's own route with a body made by the gateway.
    public static UpstreamRoute translated(WireFormat format) {
        return new UpstreamRoute(format, "POST", "", "", false);
    }
}

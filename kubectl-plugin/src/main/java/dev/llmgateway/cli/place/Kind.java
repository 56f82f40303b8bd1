package dev.llmgateway.cli.place;

/// The three kinds of ours.
public enum Kind {
    ACCOUNT("UpstreamAccount", "upstreamaccount", "upstreamaccounts"),
    KEY("GatewayKey", "gatewaykey", "gatewaykeys"),
    GATEWAY("GatewayConfig", "gatewayconfig", "gatewayconfigs");

    /// Of all three.
    public static final String API_VERSION = "llm-gateway.dev/v1alpha1";

    private static final String GROUP = ".llm-gateway.dev";

    private final String kind;
    private final String singular;
    private final String plural;

    Kind(String kind, String singular, String plural) {
        this.kind = kind;
        this.singular = singular;
        this.plural = plural;
    }

    /// As in a manifest.
    public String kind() {
        return kind;
    }

    /// As `-o name` says it, such as `upstreamaccount.llm-gateway.dev`.
    public String qualified() {
        return singular + GROUP;
    }

    /// As `kubectl get` takes it.
    public String resource() {
        return plural + GROUP;
    }
}

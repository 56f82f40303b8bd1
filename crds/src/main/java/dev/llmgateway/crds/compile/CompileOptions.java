package dev.llmgateway.crds.compile;

/// What differs between a cluster and a folder.
///
/// @param defaultGateway true: where no GatewayConfig exists, `default/main` with all defaults
///   stands in for it (a folder)
public record CompileOptions(boolean defaultGateway) {
    public static final CompileOptions CLUSTER = new CompileOptions(false);
    public static final CompileOptions FOLDER = new CompileOptions(true);
}

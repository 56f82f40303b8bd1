package dev.llmgateway.crds.manifest;

/// An object of a cluster that is there, but whose `spec` holds what this release does not know. In
/// a folder such an object is a [ReadProblem].
///
/// @param kind `UpstreamAccount`, `GatewayKey` or `GatewayConfig`
/// @param path field such as `spec.routing.strategy`
/// @param message what stands there
public record UnreadableObject(
        Source source, String kind, String namespace, String name, String path, String message) {}

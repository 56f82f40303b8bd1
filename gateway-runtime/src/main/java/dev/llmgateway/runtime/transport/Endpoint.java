package dev.llmgateway.runtime.transport;

/// Where connections go to; pools are kept per endpoint.
///
/// @param host name or literal address, without brackets
/// @param tls profile of the TLS client; connections of different profiles are never shared
/// @param egress guard and proxy of the connection
public record Endpoint(String host, int port, TlsProfile tls, EgressPolicy egress) {}

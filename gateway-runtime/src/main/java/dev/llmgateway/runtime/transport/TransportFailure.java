package dev.llmgateway.runtime.transport;

/// Why a call brought no whole reply.
///
/// @param kind what happened
/// @param detail for logs and error texts: never header values or body bytes
/// @param sent whether request bytes may have reached the upstream
/// @param reused whether the connection had served an earlier call
/// @param replied whether any byte of a reply had arrived
public record TransportFailure(
        Kind kind, String detail, boolean sent, boolean reused, boolean replied) {
    /// What happened.
    public enum Kind {
        /// The name has no address.
        Dns,
        /// An address the egress rules forbid.
        Forbidden,
        /// No connection in time, or refused.
        Connect,
        /// The handshake failed or the certificate was refused.
        Tls,
        /// No free connection in time.
        PoolExhausted,
        /// The connection closed before the reply's first byte.
        Closed,
        /// The connection broke or closed inside a reply.
        Truncated,
        /// The reply is not HTTP/1.1, or its framing contradicts itself.
        Malformed,
        /// No first byte, silence inside a reply, or the total limit.
        Timeout
    }
}

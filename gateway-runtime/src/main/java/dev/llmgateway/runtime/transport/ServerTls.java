package dev.llmgateway.runtime.transport;

/// TLS of the data listener, all PEM text.
///
/// @param clientCa roots that client certificates must chain to; empty: none are asked for
public record ServerTls(String certificate, String privateKey, String clientCa) {
    @Override
    public String toString() {
        return "ServerTls[…]";
    }
}

package dev.llmgateway.runtime.transport;

/// TLS of a connection to an upstream.
///
/// @param enabled false: clear text
/// @param trustedRoots PEM text; empty: the platform's roots
public record TlsProfile(boolean enabled, String trustedRoots) {
    public static final TlsProfile CLEAR = new TlsProfile(false, "");
    public static final TlsProfile PLATFORM = new TlsProfile(true, "");
}

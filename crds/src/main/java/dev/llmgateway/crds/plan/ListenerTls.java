package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// TLS of the data listener.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ListenerTls.Clear.class, name = "Clear"),
    @JsonSubTypes.Type(value = ListenerTls.Served.class, name = "Served")
})
public sealed interface ListenerTls {
    /// Clear text.
    record Clear() implements ListenerTls {}

    /// @param certificate PEM chain (`tls.crt`)
    /// @param privateKey PEM key (`tls.key`)
    /// @param clientCa PEM roots that client certificates must chain to; empty: none asked
    record Served(CredentialRef certificate, CredentialRef privateKey, String clientCa)
            implements ListenerTls {}
}

package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// `--gateway=[NAMESPACE/]NAME`.
///
/// @param namespace empty: the object's own
public record GatewayName(String namespace, String name) {
    public static GatewayName of(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new GatewayName("", text)
                : new GatewayName(text.substring(0, slash), text.substring(slash + 1));
    }

    /// As `gatewayRef` of a spec; nothing for an empty text.
    public static void put(ObjectNode spec, String text) {
        if (text.isEmpty()) {
            return;
        }
        GatewayName gateway = of(text);
        ObjectNode ref = spec.putObject("gatewayRef").put("name", gateway.name());
        if (!gateway.namespace().isEmpty()) {
            ref.put("namespace", gateway.namespace());
        }
    }
}

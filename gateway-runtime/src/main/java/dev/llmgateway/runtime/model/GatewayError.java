package dev.llmgateway.runtime.model;

/// An error the gateway answers itself.
///
/// @param message for people; says what to change; never a secret
/// @param param the request field at fault; empty: none
/// @param retryAfterSeconds sent as `retry-after`; 0: not sent
public record GatewayError(ErrorCode code, String message, String param, int retryAfterSeconds) {
    public static GatewayError of(ErrorCode code, String message) {
        return new GatewayError(code, message, "", 0);
    }
}

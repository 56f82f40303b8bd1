package dev.llmgateway.runtime.transport;

/// Gives the transport's own refusals a body; the transport knows no format.
public interface TransportErrors {
    /// @param loop index of the event loop it is called on
    /// @param status 400, 408, 413, 415, 417, 426, 431, 500, 501, 503 or 505
    /// @param message what was wrong, without bytes of the request
    Response response(int loop, int status, String message);
}

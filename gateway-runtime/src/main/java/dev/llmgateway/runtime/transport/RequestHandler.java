package dev.llmgateway.runtime.transport;

/// What the transport asks of the application, once per request, on the connection's event loop.
public interface RequestHandler {
    /// Called on the head, before any body byte is read and before `100 Continue` is sent. The
    /// handler may answer at once through `downstream`; the body is then not read for it and the
    /// returned consumer only hears `closed`.
    RequestConsumer begin(RequestHead head, Downstream downstream);
}

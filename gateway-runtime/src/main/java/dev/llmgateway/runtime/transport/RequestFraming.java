package dev.llmgateway.runtime.transport;

/// What a request's header lines say of its framing, gathered while they are read; the guard judges
/// it.
final class RequestFraming {
    private long length;
    private int codings;
    private int hosts;
    private boolean chunkedFirst;
    private boolean authority;
    private boolean expects;
    private boolean strangeExpectation;
    private boolean websocket;

    void reset() {
        length = -1;
        codings = 0;
        hosts = 0;
        chunkedFirst = false;
        authority = true;
        expects = false;
        strangeExpectation = false;
        websocket = false;
    }

    /// Takes in the line just read.
    ///
    /// @throws MalformedMessage for a second length, or one that is no number
    void line(FieldLines fields) {
        switch (fields.nameLength()) {
            case 4 -> host(fields);
            case 6 -> expect(fields);
            case 7 -> websocket |= fields.named("upgrade") && fields.valued("websocket");
            case 14 -> length(fields);
            case 17 -> coding(fields);
            default -> {}
        }
    }

    private void host(FieldLines fields) {
        if (fields.named("host")) {
            hosts++;
            authority &= HostField.wellFormed(fields, fields.valueFrom(), fields.valueTo());
        }
    }

    private void expect(FieldLines fields) {
        if (fields.named("expect")) {
            expects = true;
            strangeExpectation |= !fields.valued("100-continue");
        }
    }

    private void length(FieldLines fields) {
        if (fields.named("content-length")) {
            FieldLines.require(length < 0, "two content-length");
            length = fields.number();
        }
    }

    private void coding(FieldLines fields) {
        if (fields.named("transfer-encoding")) {
            chunkedFirst |= codings == 0 && fields.valued("chunked");
            codings++;
        }
    }

    /// Declared bytes; -1: none declared.
    long length() {
        return length;
    }

    /// A transfer coding was named.
    boolean coded() {
        return codings > 0;
    }

    /// The one coding is `chunked`.
    boolean chunked() {
        return codings == 1 && chunkedFirst;
    }

    /// A coding that nobody knows is all that is said of the body's length.
    boolean unknownCoding() {
        return codings > 0 && !chunkedFirst && length < 0;
    }

    /// The head says more than one thing of the body's length.
    boolean contradictory() {
        return codings > 1 || (codings == 1 && length >= 0);
    }

    /// One `Host`, and it names an authority.
    boolean oneHost() {
        return hosts == 1 && authority;
    }

    boolean expects() {
        return expects;
    }

    boolean strangeExpectation() {
        return strangeExpectation;
    }

    boolean websocket() {
        return websocket;
    }
}

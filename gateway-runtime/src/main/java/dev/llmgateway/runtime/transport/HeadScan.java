package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;

/// Looks for the end of a request's head while it arrives, and goes on where it stopped. What can
/// be no head is refused with its first wrong line, not when the client tires.
final class HeadScan {
    private static final Refusal TOO_LARGE = new Refusal(431, "request head too large", true);
    private static final Refusal MALFORMED = new Refusal(400, "malformed request head", true);

    private final int lineBytes;
    private final int headerBytes;

    /// Bytes looked at, and where in them the open line and the second line begin.
    private int seen;

    private int lineStart;
    private int fieldsStart;

    HeadScan(HttpLimits limits) {
        this.lineBytes = limits.lineBytes();
        this.headerBytes = limits.headerBytes();
    }

    void reset() {
        seen = 0;
        lineStart = 0;
        fieldsStart = 0;
    }

    /// Looks on in the head that begins at `from`.
    ///
    /// @return its length with the empty line; -1: more must come
    /// @throws RefusedRequest when it is too large, or its lines do not end as they must
    int find(ByteBuf buffer, int from, int to) {
        if (!FieldLines.isToken(buffer.getByte(from))) {
            throw new RefusedRequest(MALFORMED);
        }
        int newline = buffer.indexOf(from + seen, to, (byte) '\n');
        while (newline >= 0) {
            int at = newline - from;
            if (at == 0 || buffer.getByte(newline - 1) != '\r') {
                throw new RefusedRequest(MALFORMED);
            }
            seen = at + 1;
            bound();
            if (at - 1 == lineStart) {
                return seen;
            }
            lineStart = seen;
            fieldsStart = fieldsStart == 0 ? seen : fieldsStart;
            newline = buffer.indexOf(newline + 1, to, (byte) '\n');
        }
        seen = to - from;
        bound();
        return -1;
    }

    private void bound() {
        boolean inFirst = fieldsStart == 0;
        if (inFirst ? seen > lineBytes + 2 : seen - fieldsStart > headerBytes + 2) {
            throw new RefusedRequest(TOO_LARGE);
        }
    }
}

package dev.llmgateway.runtime.dialect;

/// What the frames of one reply have told so far.
final class StreamFacts {
    final UsageTally tally;
    private boolean ended;
    private boolean stopSeen;
    private int contents;
    private boolean error;
    private String errorKind = "";
    private StreamPosition position = StreamPosition.NONE;

    StreamFacts(UsageTally tally) {
        this.tally = tally;
    }

    boolean ended() {
        return ended;
    }

    boolean endedEnough() {
        return ended || stopSeen || error;
    }

    boolean sawContent() {
        return contents > 0;
    }

    /// Events with content so far.
    int contents() {
        return contents;
    }

    boolean sawError() {
        return error;
    }

    String errorKind() {
        return errorKind;
    }

    StreamPosition position() {
        return position;
    }

    void end() {
        ended = true;
    }

    /// Why the model stopped is known; only bookkeeping can follow.
    void stopSeen() {
        stopSeen = true;
    }

    void content() {
        contents++;
    }

    /// @param kind empty: not told; the first one told stands
    void error(String kind) {
        error = true;
        errorKind = errorKind.isEmpty() ? kind : errorKind;
    }

    void created(String responseId) {
        position = new StreamPosition(responseId, position.nextSequence());
    }

    void counted() {
        position = new StreamPosition(position.responseId(), position.nextSequence() + 1);
    }
}

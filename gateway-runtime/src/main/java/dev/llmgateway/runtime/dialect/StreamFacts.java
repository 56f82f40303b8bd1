package dev.llmgateway.runtime.dialect;

import java.util.OptionalLong;

/// What the frames of one reply have told so far.
final class StreamFacts {
    final UsageTally tally;
    private boolean ended;
    private boolean stopSeen;
    private int contents;
    private boolean error;
    private String errorKind = "";
    private OptionalLong errorWait = OptionalLong.empty();
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

    OptionalLong errorWait() {
        return errorWait;
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

    /// An error that tells nothing.
    void error() {
        error("", OptionalLong.empty());
    }

    /// @param kind empty: not told; the first one told stands
    /// @param waitMillis that its message asks for
    void error(String kind, OptionalLong waitMillis) {
        error = true;
        errorKind = errorKind.isEmpty() ? kind : errorKind;
        errorWait = errorWait.isEmpty() ? waitMillis : errorWait;
    }

    void created(String responseId) {
        position = new StreamPosition(responseId, position.nextSequence());
    }

    void counted() {
        position = new StreamPosition(position.responseId(), position.nextSequence() + 1);
    }
}

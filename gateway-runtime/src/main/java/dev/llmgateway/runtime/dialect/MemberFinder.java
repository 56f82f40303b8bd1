package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.DecodedText;
import dev.llmgateway.runtime.dialect.json.JsonEvents;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.JsonTokenizer;
import dev.llmgateway.runtime.dialect.sse.SseFrame;

/// Finds a string member in the data of one frame, such as the model's name.
final class MemberFinder {
    private static final int MAX_DEPTH = 512;

    private final String parent;
    private final String member;
    private final JsonTokenizer tokenizer;
    private int start = -1;
    private int end = -1;

    /// @param parent top-level member that holds the one wanted; empty: it is top-level itself
    MemberFinder(String parent, String member) {
        this.parent = parent;
        this.member = member;
        this.tokenizer = new JsonTokenizer(parent.isEmpty() ? 1 : 2, MAX_DEPTH, new Members());
    }

    /// @return whether the frame has it, at [#start] until [#end] of its buffer
    boolean find(SseFrame frame) {
        tokenizer.reset();
        start = -1;
        end = -1;
        for (int line = 0; line < frame.lines() && end < 0; line++) {
            // Offsets then are indexes of the buffer.
            tokenizer.moveTo(frame.start(line));
            tokenizer.feed(frame.buffer(), frame.start(line), frame.end(line));
        }
        return end >= 0;
    }

    /// Behind the opening quote.
    int start() {
        return start;
    }

    /// At the closing quote.
    int end() {
        return end;
    }

    private final class Members implements JsonEvents {
        private boolean inParent;
        private boolean isWanted;

        @Override
        public boolean key(int depth, DecodedText name) {
            if (depth == 1) {
                inParent = !parent.isEmpty() && name.is(parent);
                isWanted = parent.isEmpty() && name.is(member);
            } else {
                isWanted = inParent && name.is(member);
            }
            return false;
        }

        @Override
        public void valueStart(int depth, JsonKind kind, int offset) {
            start = isWanted && kind == JsonKind.String ? offset + 1 : -1;
        }

        @Override
        public void valueEnd(int depth, int offset, DecodedText text) {
            if (start >= 0) {
                end = offset - 1;
                tokenizer.stop();
            }
        }
    }
}

package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.DecodedText;
import dev.llmgateway.runtime.dialect.json.JsonEvents;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.JsonTokenizer;
import dev.llmgateway.runtime.dialect.sse.SseFrame;

/// Finds the model's name in the data of one frame.
final class ModelFinder {
    private static final int MAX_DEPTH = 512;

    private final String parent;
    private final JsonTokenizer tokenizer;
    private int start = -1;
    private int end = -1;

    /// @param parent top-level member that holds `model`; empty: it is top-level itself
    ModelFinder(String parent) {
        this.parent = parent;
        this.tokenizer = new JsonTokenizer(parent.isEmpty() ? 1 : 2, MAX_DEPTH, new Members());
    }

    /// @return whether the frame names a model, at [#start] until [#end] of its buffer
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
        private boolean isModel;

        @Override
        public boolean key(int depth, DecodedText name) {
            if (depth == 1) {
                inParent = !parent.isEmpty() && name.is(parent);
                isModel = parent.isEmpty() && name.is("model");
            } else {
                isModel = inParent && name.is("model");
            }
            return false;
        }

        @Override
        public void valueStart(int depth, JsonKind kind, int offset) {
            start = isModel && kind == JsonKind.String ? offset + 1 : -1;
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

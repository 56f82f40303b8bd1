package dev.llmgateway.runtime.dialect.json;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a request body once while it arrives and finds what routing needs. Refuses whatever two
/// parsers could read differently in `model` or `stream`, so that what was authorised is what the
/// upstream reads (reliability-security.md S16).
public final class JsonScanner {
    /// Open objects and lists at once (spec/http.md, Limits).
    public static final int MAX_DEPTH = 128;

    /// Top-level `model` members of one body; all are replaced when the name changes.
    public static final int MAX_MODEL_SPANS = 16;

    private final JsonTokenizer tokenizer = new JsonTokenizer(1, MAX_DEPTH, new Members());
    private final List<Span> modelSpans = new ArrayList<>();
    private long keys;
    private String model = "";
    private StreamFlag stream = StreamFlag.Absent;
    private boolean modelIsNull;
    private int metadata = -1;
    private int cacheKey = -1;
    private int previousResponse = -1;
    private int system = -1;
    private int turns = -1;
    private int store = -1;
    private int conversation = -1;

    /// Makes it ready for another body.
    public void reset() {
        tokenizer.reset();
        modelSpans.clear();
        keys = 0;
        model = "";
        stream = StreamFlag.Absent;
        modelIsNull = false;
        metadata = -1;
        cacheKey = -1;
        previousResponse = -1;
        system = -1;
        turns = -1;
        store = -1;
        conversation = -1;
    }

    /// Reads the readable bytes; indexes and ownership stay with the caller.
    public void feed(ByteBuf chunk) {
        tokenizer.feed(chunk, chunk.readerIndex(), chunk.writerIndex());
    }

    /// The body can no longer be valid; [#finish] tells why.
    public boolean failed() {
        return tokenizer.failed();
    }

    /// Tells that the body has ended.
    public BodyScan finish() {
        tokenizer.finish();
        if (tokenizer.failed()) {
            return new BodyScan.Invalid(tokenizer.failure(), tokenizer.failedAt());
        }
        var marks =
                new ConversationMarks(
                        metadata, cacheKey, previousResponse, system, turns, store, conversation);
        return new BodyScan.Valid(
                new BodyFacts(model, modelSpans, stream, new TopKeys(keys), marks));
    }

    private final class Members implements JsonEvents {
        private @Nullable TopKey current;
        private int nameEnd;
        private int valueStart;

        @Override
        public boolean key(int depth, DecodedText name) {
            current = TopKey.of(name);
            if (current != null) {
                if (!current.mayRepeat() && (keys & TopKeys.bit(current)) != 0) {
                    tokenizer.fail("a member that decides is there twice", nameEnd);
                }
                keys |= TopKeys.bit(current);
            } else if (name.folds("model") || name.folds("stream") || name.folds("tools")) {
                tokenizer.fail(
                        "a member is spelled almost like `model`, `stream` or `tools`", nameEnd);
            }
            return current == TopKey.MODEL;
        }

        @Override
        public void valueStart(int depth, JsonKind kind, int offset) {
            nameEnd = offset;
            valueStart = offset;
            if (depth == 0 && kind != JsonKind.Object) {
                tokenizer.fail("the body is not an object", offset);
            } else if (depth == 1 && current == TopKey.MODEL) {
                modelStart(kind, offset);
            } else if (depth == 1 && current == TopKey.STREAM) {
                streamStart(StreamFlag.of(kind), offset);
            } else if (depth == 1 && current != null) {
                mark(current, offset);
            }
        }

        private void mark(TopKey key, int offset) {
            switch (key) {
                case METADATA -> metadata = offset;
                case PROMPT_CACHE_KEY -> cacheKey = offset;
                case PREVIOUS_RESPONSE_ID -> previousResponse = offset;
                case SYSTEM, INSTRUCTIONS -> system = offset;
                case MESSAGES, INPUT -> turns = offset;
                case STORE -> store = offset;
                case CONVERSATION -> conversation = offset;
                default -> {}
            }
        }

        @Override
        public void valueEnd(int depth, int offset, DecodedText text) {
            nameEnd = offset;
            if (depth == 1 && current == TopKey.MODEL && !modelIsNull) {
                modelEnd(offset, text);
            }
        }

        private void modelStart(JsonKind kind, int offset) {
            if (kind != JsonKind.String && kind != JsonKind.Null) {
                tokenizer.fail("`model` is not a string", offset);
            } else if (kind == JsonKind.Null ? !modelSpans.isEmpty() : modelIsNull) {
                tokenizer.fail("`model` is both null and a string", offset);
            } else if (modelSpans.size() == MAX_MODEL_SPANS) {
                tokenizer.fail("`model` more than " + MAX_MODEL_SPANS + " times", offset);
            }
            modelIsNull |= kind == JsonKind.Null;
        }

        private void modelEnd(int offset, DecodedText text) {
            if (text.overflow()) {
                tokenizer.fail(
                        "`model` is longer than " + DecodedText.CAPACITY + " bytes", valueStart);
            } else if (text.unpairedSurrogate()) {
                tokenizer.fail("`model` has an unpaired surrogate", valueStart);
            }
            model = text.text();
            modelSpans.add(new Span(valueStart + 1, offset - 1));
        }

        private void streamStart(StreamFlag flag, int offset) {
            if (stream != StreamFlag.Absent && stream != flag) {
                tokenizer.fail("`stream` has two values", offset);
            }
            stream = flag;
        }
    }
}

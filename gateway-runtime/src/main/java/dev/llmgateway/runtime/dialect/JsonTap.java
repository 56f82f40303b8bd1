package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.DecodedText;
import dev.llmgateway.runtime.dialect.json.JsonEvents;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.json.JsonTokenizer;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Passes a JSON reply on at once and reads its top-level `usage`, `model` and `error` on the way.
/// The replacement of a model's name goes out where the name starts, so nothing waits for its end.
/// Used again from reply to reply.
final class JsonTap implements ReplyTap {
    private static final int MAX_DEPTH = 512;

    /// Depth of the members of the document, of its `usage`, and of that one's `*_details`.
    private static final int TOP = 1;

    private static final int COUNTS = 2;
    private static final int DETAILS = 3;

    /// What of an error tells its kind.
    private enum Part {
        Type,
        Code,
        Other
    }

    private enum Known {
        Usage,
        Model,
        Error,
        Other
    }

    private final JsonTokenizer tokenizer = new JsonTokenizer(TOP, MAX_DEPTH, new Members());
    private final UsageTally tally = new UsageTally(false);
    private final Splices splices = new Splices();
    private boolean renames;
    private ByteBuf current = Unpooled.EMPTY_BUFFER;
    private int passed;
    private int modelStart = -1;
    private boolean modelOut;
    private boolean error;
    private String errorType = "";
    private String errorCode = "";

    /// Makes it ready for another reply.
    ///
    /// @param inclusive input counts cached tokens too, see [UsageTally]
    /// @param clientModel the name to show; null: the upstream's stays
    JsonTap reset(boolean inclusive, @Nullable String clientModel) {
        tokenizer.reset();
        tokenizer.watch(TOP);
        tally.reset(inclusive);
        renames = clientModel != null;
        if (clientModel != null) {
            splices.replacement(JsonText.escapedBytes(clientModel));
        }
        passed = 0;
        modelStart = -1;
        modelOut = false;
        error = false;
        errorType = "";
        errorCode = "";
        return this;
    }

    @Override
    public ByteBuf pass(ByteBuf payload) {
        int length = payload.readableBytes();
        current = payload;
        splices.clear();
        tokenizer.feed(payload, payload.readerIndex(), payload.writerIndex());
        if (modelStart >= 0 && !tokenizer.failed()) {
            cutModel(passed + length);
        }
        passed += length;
        current = Unpooled.EMPTY_BUFFER;
        return splices.apply(payload);
    }

    /// Index in the current buffer of an offset of the document, which may lie before it.
    private int index(int offset) {
        return current.readerIndex() + Math.max(0, offset - passed);
    }

    private void cutModel(int end) {
        if (modelOut) {
            splices.goOn(index(passed), index(end));
        } else {
            splices.replace(index(modelStart), index(end));
            modelOut = true;
        }
    }

    @Override
    public ByteBuf finish() {
        tokenizer.finish();
        return Unpooled.EMPTY_BUFFER;
    }

    @Override
    public boolean ended() {
        return tokenizer.complete();
    }

    @Override
    public boolean endedEnough() {
        return ended();
    }

    @Override
    public boolean broken() {
        return tokenizer.failed();
    }

    @Override
    public Usage usage() {
        return tally.usage();
    }

    @Override
    public boolean sawError() {
        return error;
    }

    @Override
    public String errorKind() {
        return errorCode.isEmpty() ? errorType : errorCode;
    }

    @Override
    public boolean sawContent() {
        return passed > 0;
    }

    @Override
    public int contents() {
        return 0;
    }

    @Override
    public StreamPosition position() {
        return StreamPosition.NONE;
    }

    @Override
    public void release() {}

    /// Follows the outer members. Numbers of `usage` are read where they stand.
    private final class Members implements JsonEvents {
        private Known top = Known.Other;
        private UsageTally.@Nullable Count count;
        private boolean details;
        private Part part = Part.Other;
        private boolean string;
        private boolean number;

        @Override
        public boolean key(int depth, DecodedText name) {
            switch (depth) {
                case TOP -> top = known(name);
                case COUNTS -> {
                    part = top == Known.Error ? part(name) : Part.Other;
                    count = top == Known.Usage ? UsageTally.Count.of(name) : null;
                    details = name.endsWith(UsageTally.DETAILS);
                }
                case DETAILS -> count = details ? UsageTally.Count.of(name) : null;
                default -> {}
            }
            return depth == COUNTS && part != Part.Other;
        }

        private static Part part(DecodedText name) {
            if (name.is("type")) {
                return Part.Type;
            }
            return name.is("code") ? Part.Code : Part.Other;
        }

        private static Known known(DecodedText name) {
            if (name.is("usage")) {
                return Known.Usage;
            }
            if (name.is("model")) {
                return Known.Model;
            }
            return name.is("error") ? Known.Error : Known.Other;
        }

        @Override
        public void valueStart(int depth, JsonKind kind, int offset) {
            if (depth != TOP) {
                string = kind == JsonKind.String;
                number = kind == JsonKind.Number;
                return;
            }
            switch (top) {
                case Usage -> tokenizer.watch(kind == JsonKind.Object ? DETAILS : TOP);
                case Model -> {
                    modelStart = renames && kind == JsonKind.String ? offset + 1 : -1;
                    modelOut = false;
                }
                case Error -> {
                    error |= kind != JsonKind.Null;
                    tokenizer.watch(kind == JsonKind.Object ? COUNTS : TOP);
                }
                case Other -> {}
            }
        }

        @Override
        public void valueEnd(int depth, int offset, DecodedText text) {
            if (depth == TOP) {
                tokenizer.watch(TOP);
                if (modelStart >= 0) {
                    cutModel(offset - 1);
                    modelStart = -1;
                }
            } else if (depth == COUNTS && part != Part.Other) {
                kind(text);
            } else if (depth > TOP && number && count != null && tokenizer.count() >= 0) {
                tally.set(count, tokenizer.count());
                count = null;
            }
        }

        private void kind(DecodedText text) {
            if (string && part == Part.Type) {
                errorType = text.text();
            } else if (string) {
                errorCode = text.text();
            }
            part = Part.Other;
        }
    }
}

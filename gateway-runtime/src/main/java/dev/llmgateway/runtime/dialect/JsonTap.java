package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.DecodedText;
import dev.llmgateway.runtime.dialect.json.JsonEvents;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.json.JsonTokenizer;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Passes a JSON reply on at once and reads its top-level `usage`, `model` and `error` on the way.
/// The replacement of a model's name goes out where the name starts, so nothing waits for its end.
final class JsonTap implements ReplyTap {
    /// Bytes of a `usage` object that are read.
    static final int MAX_USAGE = 8 << 10;

    private static final int MAX_DEPTH = 512;

    private enum Known {
        Usage,
        Model,
        Error,
        Other
    }

    private final JsonTokenizer tokenizer = new JsonTokenizer(1, MAX_DEPTH, new Members());
    private final UsageTally tally;
    private final boolean renames;
    private final Splices splices;
    private final ByteArrayOutputStream usageText = new ByteArrayOutputStream();
    private ByteBuf current = Unpooled.EMPTY_BUFFER;
    private int passed;
    private int usageStart = -1;
    private int modelStart = -1;
    private boolean modelOut;
    private boolean error;

    /// @param clientModel the name to show; null: the upstream's stays
    JsonTap(UsageTally tally, @Nullable String clientModel) {
        this.tally = tally;
        this.renames = clientModel != null;
        this.splices = new Splices(JsonText.escapedBytes(clientModel == null ? "" : clientModel));
    }

    @Override
    public ByteBuf pass(ByteBuf payload) {
        int length = payload.readableBytes();
        current = payload;
        splices.clear();
        tokenizer.feed(payload);
        if (usageStart >= 0) {
            keepUsage(passed + length);
        }
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

    private void keepUsage(int end) {
        int from = index(usageStart);
        int count = index(end) - from;
        if (usageText.size() + count > MAX_USAGE) {
            usageStart = -1;
            return;
        }
        try {
            current.getBytes(from, usageText, count);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
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
        return "";
    }

    @Override
    public boolean sawContent() {
        return passed > 0;
    }

    @Override
    public StreamPosition position() {
        return StreamPosition.NONE;
    }

    @Override
    public void release() {
        usageText.reset();
    }

    private final class Members implements JsonEvents {
        private Known current = Known.Other;

        @Override
        public boolean key(int depth, DecodedText name) {
            current =
                    name.is("usage")
                            ? Known.Usage
                            : name.is("model")
                                    ? Known.Model
                                    : name.is("error") ? Known.Error : Known.Other;
            return false;
        }

        @Override
        public void valueStart(int depth, JsonKind kind, int offset) {
            if (depth == 0) {
                return;
            }
            switch (current) {
                case Usage -> {
                    usageText.reset();
                    usageStart = kind == JsonKind.Object ? offset : -1;
                }
                case Model -> {
                    modelStart = renames && kind == JsonKind.String ? offset + 1 : -1;
                    modelOut = false;
                }
                case Error -> error |= kind != JsonKind.Null;
                case Other -> {}
            }
        }

        @Override
        public void valueEnd(int depth, int offset, DecodedText text) {
            if (depth == 1 && usageStart >= 0) {
                keepUsage(offset);
                readUsage();
                usageStart = -1;
            }
            if (depth == 1 && modelStart >= 0) {
                cutModel(offset - 1);
                modelStart = -1;
            }
        }

        private void readUsage() {
            if (usageStart < 0) {
                return;
            }
            byte[] wrapped = ("{\"usage\":" + usageText.toString(UTF_8) + "}").getBytes(UTF_8);
            TolerantJson.object(wrapped, (_, json) -> tally.read(json));
        }
    }
}

package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Copy of a reply's head that may be looked at later.
final class KeptHead implements ResponseHead {
    private final int status;
    private final long contentLength;
    private final List<String> lines = new ArrayList<>();

    KeptHead(ResponseHead head) {
        this.status = head.status();
        this.contentLength = head.contentLength();
        head.forEachHeader((name, value) -> {
            lines.add(name.toString());
            lines.add(value.toString());
        });
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable String header(String name) {
        for (int i = 0; i < lines.size(); i += 2) {
            if (lines.get(i).equalsIgnoreCase(name)) {
                return lines.get(i + 1);
            }
        }
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> line) {
        for (int i = 0; i < lines.size(); i += 2) {
            line.accept(lines.get(i), lines.get(i + 1));
        }
    }

    @Override
    public long contentLength() {
        return contentLength;
    }
}

package dev.llmgateway.runtime.source.kubernetes;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/// Bytes to lines. A line without end is not collected for ever.
final class Lines {
    private final int longest;
    private final Consumer<byte[]> line;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /// @param longest bytes of a line
    Lines(int longest, Consumer<byte[]> line) {
        this.longest = longest;
        this.line = line;
    }

    /// False: the line has grown too long.
    boolean add(byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                open.write(bytes, start, i - start);
                start = i + 1;
                line.accept(open.toByteArray());
                open.reset();
            }
        }
        open.write(bytes, start, bytes.length - start);
        return open.size() <= longest;
    }

    /// Whether nothing of a line without end is left over.
    boolean whole() {
        return open.size() == 0;
    }
}

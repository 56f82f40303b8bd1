package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// A name or value of a head, seen where its bytes lie. Valid only while it is being shown.
public final class HeaderText implements CharSequence {
    private byte[] bytes = {};
    private int from;
    private int to;

    HeaderText() {}

    void show(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        to = end;
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[from + index] & 255);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    /// Appends the bytes as they came.
    public void writeTo(ByteBuf out) {
        out.writeBytes(bytes, from, to - from);
    }

    /// A text of its own.
    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}

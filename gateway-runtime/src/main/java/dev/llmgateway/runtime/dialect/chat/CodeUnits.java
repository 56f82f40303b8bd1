package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.Slice;

/// Lengths as JavaScript counts them, which positions in OpenAI's annotations are told in.
public final class CodeUnits {
    private CodeUnits() {}

    /// UTF-16 code units of the text that the inside of a string stands for.
    public static int in(Slice escaped) {
        byte[] bytes = escaped.bytes();
        int units = 0;
        int at = escaped.from();
        while (at < escaped.to()) {
            byte b = bytes[at];
            if (b == '\\') {
                at += bytes[at + 1] == 'u' ? 6 : 2;
                units++;
            } else {
                units += units(b);
                at++;
            }
        }
        return units;
    }

    /// By the first byte of a character; the others count nothing.
    private static int units(byte b) {
        boolean continues = (b & 0xC0) == 0x80;
        boolean pair = (b & 0xF8) == 0xF0;
        return continues ? 0 : pair ? 2 : 1;
    }
}

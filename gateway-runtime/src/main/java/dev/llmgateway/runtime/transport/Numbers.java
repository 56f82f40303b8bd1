package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;

/// Numbers of a head written straight into it.
public final class Numbers {
    private Numbers() {}

    /// In decimal; not negative.
    public static void decimal(ByteBuf out, long value) {
        long unit = 1;
        while (value / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            out.writeByte((byte) ('0' + value / unit % 10));
        }
    }

    /// In hexadecimal, without leading zeros; not negative.
    static void hexadecimal(ByteBuf out, int value) {
        int shift = 28 - Integer.numberOfLeadingZeros(value | 1) / 4 * 4;
        for (; shift >= 0; shift -= 4) {
            out.writeByte(Character.forDigit(value >>> shift & 15, 16));
        }
    }
}

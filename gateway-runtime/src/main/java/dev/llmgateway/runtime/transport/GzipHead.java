package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;

/// Reads a gzip member's head (RFC 1952, 2.3), resumable at every byte; keeps nothing of it.
final class GzipHead {
    private static final int FIXED = 10;
    private static final int HAS_CRC = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    private enum Part {
        Fixed,
        ExtraLength,
        Extra,
        Name,
        Comment,
        Crc,
        Complete
    }

    private final CRC32 crc = new CRC32();
    private Part part = Part.Fixed;
    private int flags;
    private int at;
    private int number;

    /// Whether the head is complete; reads no byte behind it.
    boolean read(ByteBuf in) {
        while (part != Part.Complete && in.isReadable()) {
            take(in.readByte() & 0xff);
        }
        return part == Part.Complete;
    }

    private void take(int octet) {
        if (part != Part.Crc) {
            crc.update(octet);
        }
        switch (part) {
            case Fixed -> fixed(octet);
            case ExtraLength -> {
                number |= octet << (8 * at++);
                if (at == 2) {
                    to(number == 0 ? after(Part.Extra) : Part.Extra);
                }
            }
            case Extra -> {
                if (++at == number) {
                    to(after(Part.Extra));
                }
            }
            case Name, Comment -> {
                if (octet == 0) {
                    to(after(part));
                }
            }
            case Crc -> check(octet);
            case Complete -> throw new IllegalStateException("the head was complete");
        }
    }

    private void fixed(int octet) {
        boolean right =
                switch (at++) {
                    case 0 -> octet == 0x1f;
                    case 1 -> octet == 0x8b;
                    case 2 -> octet == 8; // deflate, the only method there is
                    case 3 -> (octet & RESERVED) == 0;
                    default -> true;
                };
        if (!right) {
            throw new CorruptBody("the body is not gzip");
        }
        if (at == 4) {
            flags = octet;
        } else if (at == FIXED) {
            to(after(Part.Fixed));
        }
    }

    private void check(int octet) {
        number |= octet << (8 * at++);
        if (at == 2) {
            if (number != (crc.getValue() & 0xffff)) {
                throw new CorruptBody("the checksum of the gzip head is wrong");
            }
            part = Part.Complete;
        }
    }

    /// Extra keeps the number its length left.
    private void to(Part next) {
        part = next;
        at = 0;
        number = next == Part.Extra ? number : 0;
    }

    private Part after(Part done) {
        return switch (done) {
            case Fixed -> has(HAS_EXTRA) ? Part.ExtraLength : after(Part.Extra);
            case ExtraLength, Extra -> has(HAS_NAME) ? Part.Name : after(Part.Name);
            case Name -> has(HAS_COMMENT) ? Part.Comment : after(Part.Comment);
            case Comment -> has(HAS_CRC) ? Part.Crc : Part.Complete;
            case Crc, Complete -> Part.Complete;
        };
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}

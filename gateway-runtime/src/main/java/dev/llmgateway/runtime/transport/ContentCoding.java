package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.util.Locale;

/// How a request's body is coded on the wire. The transport undoes what it knows; whether the rest
/// is served is the application's decision on the head.
public enum ContentCoding {
    /// As it is; but what begins with zstd's magic number is taken for zstd, since some clients
    /// leave the header out (translation.md 1.6).
    Identity,
    Gzip,
    Zstd,
    /// A coding that is not undone, a list of codings, or two lines of them.
    Unknown;

    /// What `Content-Encoding` says.
    public static ContentCoding of(RequestHead head) {
        String value = head.header("content-encoding");
        if (value == null) {
            return Identity;
        }
        return head.headers("content-encoding").size() > 1 ? Unknown : named(value);
    }

    private static ContentCoding named(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "identity" -> Identity;
            case "gzip", "x-gzip" -> Gzip; // the same, RFC 9110 8.4.1.3
            case "zstd" -> Zstd;
            default -> Unknown;
        };
    }

    /// Whether a body is taken for zstd by its first bytes; `Maybe`: too few of them yet.
    enum Magic {
        Yes,
        No,
        Maybe;

        private static final int ZSTD = 0x28B52FFD;

        static Magic of(ByteBuf bytes) {
            int known = Math.min(4, bytes.readableBytes());
            for (int i = 0; i < known; i++) {
                if (bytes.getByte(bytes.readerIndex() + i) != (byte) (ZSTD >>> (24 - 8 * i))) {
                    return No;
                }
            }
            return known == 4 ? Yes : Maybe;
        }
    }
}

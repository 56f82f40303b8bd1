package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The coding of one body and its bounds. Native memory is taken with the first bytes and given
/// back by `close`, whatever happens to the request.
final class BodyCoding {
    /// A body may decode to so many times its size (reliability-security.md S17) ...
    private static final long MOST_RATIO = 100;

    /// ... from so many bytes on: below, a short and regular text may exceed it honestly.
    private static final long RATIO_FLOOR = 1 << 20;

    private final ContentCoding named;
    private final ClientConnection connection;
    private @Nullable Decoding decoding;

    BodyCoding(ContentCoding named, ClientConnection connection) {
        this.named = named;
        this.connection = connection;
    }

    /// @throws LinkageError where zstd's native code cannot be loaded
    Decoding decoding() {
        Decoding made = decoding;
        if (made == null) {
            made =
                    named == ContentCoding.Gzip
                            ? Decoding.gzip()
                            : Decoding.zstd(connection.allocator());
            decoding = made;
            connection.loop().decodings().up();
        }
        return made;
    }

    /// Judges what is left of an input that was decoded as far as it goes.
    ///
    /// @throws CorruptBody for bytes behind the coded body, or none where it goes on
    void checkEnd(ByteBuf rest, boolean last) {
        boolean ended = decoding().ended();
        if (ended && rest.isReadable()) {
            throw new CorruptBody("there are bytes behind the compressed body");
        }
        if (last && !ended) {
            throw new CorruptBody("the compressed body is truncated");
        }
    }

    /// Why so many bytes are too many; empty: they are not.
    ///
    /// @param received bytes on the wire they came from
    static String excess(long decoded, long received, LoopState loop) {
        if (decoded > loop.limits().maxBody()) {
            return "the body decodes to more than " + loop.limits().maxBody() + " bytes";
        }
        if (decoded > RATIO_FLOOR && decoded > MOST_RATIO * received) {
            return "the body decodes to more than " + MOST_RATIO + " times its size";
        }
        return "";
    }

    void close() {
        if (decoding != null) {
            decoding.close();
            decoding = null;
            connection.loop().decodings().down();
        }
    }
}

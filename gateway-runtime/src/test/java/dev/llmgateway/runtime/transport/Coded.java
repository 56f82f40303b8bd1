package dev.llmgateway.runtime.transport;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Bodies as clients code them; texts are Latin-1, one character per byte.
final class Coded {
    private Coded() {}

    /// How a client codes a body.
    enum How {
        Gzip,
        /// Content size unknown and a checksum, as a streaming client makes it.
        ZstdStreamed,
        /// Content size known, as Codex makes it.
        ZstdWhole;

        String header() {
            return this == Gzip ? "gzip" : "zstd";
        }

        byte[] code(byte[] plain) {
            return switch (this) {
                case Gzip -> gzip(plain);
                case ZstdStreamed -> streamed(plain);
                case ZstdWhole -> whole(plain);
            };
        }
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] streamed(byte[] plain) {
        return streamed(plain, 0);
    }

    /// A zstd frame that may look back so far.
    static byte[] windowed(byte[] plain, int windowLog) {
        return streamed(plain, windowLog);
    }

    private static byte[] streamed(byte[] plain, int windowLog) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStreamNoFinalizer(out, 3)) {
            zstd.setChecksum(true);
            if (windowLog > 0) {
                zstd.setLong(windowLog);
            }
            zstd.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] whole(byte[] plain) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setLevel(3).setContentSize(true).compress(plain);
        }
    }

    /// So many mebibytes of zeros, coded without ever holding them. The gzip's checksum is missing:
    /// nobody should come so far.
    static byte[] zeros(How how, int mebibytes) {
        return how == How.Gzip ? gzipZeros(mebibytes) : zstdZeros(mebibytes);
    }

    /// One mebibyte compressed once and repeated: deflate's blocks stand for themselves.
    private static byte[] gzipZeros(int mebibytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(new byte[1 << 20]);
        byte[] block = new byte[8_192];
        int length = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
        for (int i = 0; i < mebibytes; i++) {
            out.write(block, 0, length);
        }
        return out.toByteArray();
    }

    private static byte[] zstdZeros(int mebibytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 20];
        try (OutputStream coded = new ZstdOutputStreamNoFinalizer(out, 3)) {
            for (int i = 0; i < mebibytes; i++) {
                coded.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}

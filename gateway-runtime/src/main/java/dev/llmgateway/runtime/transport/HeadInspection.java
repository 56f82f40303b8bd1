package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpVersion;

/// Looks at the bytes of a request head beside Netty's parser, which trims controls, joins folded
/// lines and splits the request line at any blank. Resumes wherever the parser stopped.
final class HeadInspection {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SPACES = ONES * ' ';
    private static final long DELETES = ONES * 0x7f;

    /// `HTTP/1.1`, first byte lowest.
    private static final long VERSION = 0x312e312f50545448L;

    private boolean bad;
    private boolean firstLine = true;
    private boolean exactVersion;
    private int blanks;
    private byte before = '\n';

    void reset() {
        bad = false;
        firstLine = true;
        exactVersion = false;
        blanks = 0;
        before = '\n';
    }

    /// Whether the head must not be served although the parser took it.
    boolean refuses(HttpVersion version) {
        return bad || (version.equals(HttpVersion.HTTP_1_1) && !exactVersion);
    }

    /// Goes from one control byte to the next: those are the ends of lines.
    void inspect(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && !bad) {
            byte first = in.getByte(at);
            // A folded line, or a request that begins with a blank.
            bad = before == '\n' && (first == ' ' || first == '\t');
            bad |= before == '\r' && first != '\n';
            int stop = control(in, at, to);
            if (firstLine && stop > at) {
                startLine(in, at, stop);
            }
            if (stop > at) {
                before = 0;
            }
            if (stop < to) {
                stopped(in.getByte(stop));
            }
            at = stop + 1;
        }
    }

    private void stopped(byte control) {
        switch (control) {
            case '\t' -> bad |= firstLine;
            case '\r' -> bad |= before == '\r';
            case '\n' -> {
                bad |= before != '\r';
                if (firstLine && blanks > 0) {
                    firstLine = false; // empty lines before a request do not count
                    bad |= blanks != 2;
                }
            }
            default -> bad = true;
        }
        before = control;
    }

    private void startLine(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            blanks += in.getByte(i) == ' ' ? 1 : 0;
        }
        exactVersion = to - from > Long.BYTES && in.getLongLE(to - Long.BYTES) == VERSION;
    }

    /// Index of the next control byte, 8 bytes at a time; `to`: there is none.
    private static int control(ByteBuf in, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = in.getLongLE(i);
            long delete = word ^ DELETES;
            long stops = (((word - SPACES) & ~word) | ((delete - ONES) & ~delete)) & HIGHS;
            if (stops != 0) {
                return i + (Long.numberOfTrailingZeros(stops) >>> 3);
            }
        }
        while (i < to && in.getByte(i) != 0x7f && (in.getByte(i) & 0xff) >= ' ') {
            i++;
        }
        return i;
    }
}

package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Strict parse of one reply head, in buffers that a loop reuses: valid until the next parse on
/// that loop.
final class ReplyHead implements ResponseHead {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        String token =
                "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        token.chars().forEach(c -> TOKEN[c] = true);
    }

    private final int mostHeaders;
    private byte[] bytes = new byte[2_048];

    /// Start of name, end of name, start of value, end of value, four numbers a kept line.
    private int[] lines = new int[128];

    private int lineCount;
    private int status;
    private long length;
    private boolean chunked;
    private boolean close;
    private boolean http11;
    private String nominated = "";
    private String lastText = "";

    /// Whether a byte may stand in a field's name.
    static boolean token(byte c) {
        return TOKEN[c & 255];
    }

    ReplyHead(int mostHeaders) {
        this.mostHeaders = mostHeaders;
    }

    /// Index behind the empty line that ends a head, or -1.
    static int end(ByteBuf buffer, int from, int to) {
        int at = from;
        while (true) {
            int newline = buffer.indexOf(at, to, (byte) '\n');
            if (newline < 0) {
                return -1;
            }
            if (newline + 2 < to
                    && buffer.getByte(newline + 1) == '\r'
                    && buffer.getByte(newline + 2) == '\n') {
                return newline + 3;
            }
            at = newline + 1;
        }
    }

    /// Parses the complete head `[from, to)`.
    ///
    /// @throws MalformedReply for anything but a plain HTTP/1.0 or 1.1 head with one message length
    void parse(ByteBuf buffer, int from, int to) {
        int count = to - from;
        if (bytes.length < count) {
            bytes = new byte[count + 256];
        }
        buffer.getBytes(from, bytes, 0, count);
        lineCount = 0;
        length = -1;
        chunked = false;
        nominated = "";
        int at = statusLine(count);
        close = !http11;
        while (at < count - 2) {
            at = line(at);
        }
        require(at == count - 2, "end of head");
        require(!(chunked && (length >= 0 || !http11)), "transfer-encoding beside a length");
    }

    private int statusLine(int count) {
        require(
                count >= 17 && bytes[8] == ' ' && (bytes[7] == '0' || bytes[7] == '1'),
                "status line");
        for (int i = 0; i < 7; i++) {
            require(bytes[i] == "HTTP/1.".charAt(i), "status line");
        }
        http11 = bytes[7] == '1';
        status = (digit(bytes[9]) * 10 + digit(bytes[10])) * 10 + digit(bytes[11]);
        require(
                status >= 100 && status <= 599 && (bytes[12] == ' ' || bytes[12] == '\r'),
                "status");
        return lineEnd(12) + 2;
    }

    /// Index of the CR that ends the line; every byte before it may stand in a line.
    private int lineEnd(int from) {
        int at = from;
        while (bytes[at] != '\r') {
            byte c = bytes[at];
            require(c < 0 || (c >= ' ' && c != 127) || c == '\t', "control byte");
            at++;
        }
        require(bytes[at + 1] == '\n', "line end");
        return at;
    }

    private int line(int from) {
        int colon = from;
        while (TOKEN[bytes[colon] & 255]) {
            colon++;
        }
        require(colon > from && bytes[colon] == ':', "header name");
        int end = lineEnd(colon + 1);
        int first = colon + 1;
        int last = end;
        while (first < last && blank(bytes[first])) {
            first++;
        }
        while (last > first && blank(bytes[last - 1])) {
            last--;
        }
        if (!framing(from, colon, first, last)) {
            keep(from, colon, first, last);
        }
        return end + 2;
    }

    /// Whether the line is hop-by-hop or framing: read here, passed on never.
    private boolean framing(int from, int colon, int first, int last) {
        return switch (colon - from) {
            case 2 -> named(from, "te");
            case 7 -> named(from, "trailer") || named(from, "upgrade");
            case 10 -> named(from, "keep-alive") || connection(from, first, last);
            case 14 -> named(from, "content-length") && length(first, last);
            case 16 -> named(from, "proxy-connection");
            case 17 -> named(from, "transfer-encoding") && coding(first, last);
            case 18 -> named(from, "proxy-authenticate");
            default -> false;
        };
    }

    private boolean length(int first, int last) {
        require(length < 0, "two content-length");
        length = number(first, last);
        return true;
    }

    private boolean coding(int first, int last) {
        require(!chunked && last - first == 7 && named(first, "chunked"), "transfer-encoding");
        chunked = true;
        return true;
    }

    private boolean connection(int from, int first, int last) {
        boolean named = named(from, "connection");
        if (named) {
            options(text(first, last));
        }
        return named;
    }

    private void options(String connection) {
        String lower = connection.toLowerCase(java.util.Locale.ROOT);
        for (String option : lower.split(",", -1)) {
            String name = option.strip();
            if (name.equals("close")) {
                close = true;
            } else if (!name.isEmpty() && !name.equals("keep-alive")) {
                nominated = nominated + "," + name + ",";
            }
        }
    }

    private void keep(int from, int colon, int first, int last) {
        require(lineCount < mostHeaders, "too many headers");
        int at = lineCount++ * 4;
        if (at + 4 > lines.length) {
            lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[at] = from;
        lines[at + 1] = colon;
        lines[at + 2] = first;
        lines[at + 3] = last;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable String header(String name) {
        for (int i = 0; i < lineCount; i++) {
            int from = lines[i * 4];
            if (lines[i * 4 + 1] - from == name.length() && named(from, name)) {
                return passed(name) ? text(lines[i * 4 + 2], lines[i * 4 + 3]) : null;
            }
        }
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> consumer) {
        for (int i = 0; i < lineCount; i++) {
            String name = text(lines[i * 4], lines[i * 4 + 1]);
            if (passed(name)) {
                consumer.accept(name, text(lines[i * 4 + 2], lines[i * 4 + 3]));
            }
        }
    }

    /// A header that the reply's `Connection` names is for us alone.
    private boolean passed(String name) {
        return nominated.isEmpty()
                || !nominated.contains("," + name.toLowerCase(java.util.Locale.ROOT) + ",");
    }

    @Override
    public long contentLength() {
        return length;
    }

    boolean chunked() {
        return chunked;
    }

    /// Whether the upstream ends the connection with this reply.
    boolean closes() {
        return close;
    }

    private boolean named(int from, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            byte c = bytes[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The last text asked for is kept: an upstream says the same `content-type` again and again.
    private String text(int from, int to) {
        if (!isLastText(from, to)) {
            lastText = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        return lastText;
    }

    private boolean isLastText(int from, int to) {
        if (lastText.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 255) != lastText.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to) {
        require(to > from && to - from <= 15, "content-length");
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + digit(bytes[i]);
        }
        return value;
    }

    private static int digit(byte c) {
        require(c >= '0' && c <= '9', "digit");
        return c - '0';
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new MalformedReply(what);
        }
    }
}

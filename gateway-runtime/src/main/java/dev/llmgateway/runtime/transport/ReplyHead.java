package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Strict parse of one reply head, in buffers that a loop reuses: valid until the next parse on
/// that loop.
final class ReplyHead implements ResponseHead {
    private final int mostHeaders;
    private final FieldLines fields;
    private int status;
    private long length;
    private boolean chunked;
    private boolean close;
    private boolean http11;
    private String nominated = "";

    ReplyHead(int mostHeaders) {
        this.mostHeaders = mostHeaders;
        this.fields = new FieldLines(mostHeaders);
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
    /// @throws MalformedMessage for anything but a plain HTTP/1.0 or 1.1 head with one message
    ///   length
    void parse(ByteBuf buffer, int from, int to) {
        fields.load(buffer, from, to);
        length = -1;
        chunked = false;
        nominated = "";
        int count = fields.length();
        int at = statusLine(count);
        close = !http11;
        while (at < count - 2) {
            at = fields.read(at);
            if (!framing()) {
                FieldLines.require(fields.count() < mostHeaders, "too many headers");
                fields.keep();
            }
        }
        FieldLines.require(at == count - 2, "end of head");
        FieldLines.require(
                !(chunked && (length >= 0 || !http11)), "transfer-encoding beside a length");
    }

    private int statusLine(int count) {
        FieldLines.require(
                count >= 17
                        && fields.equal(0, 7, "HTTP/1.")
                        && (fields.at(7) == '0' || fields.at(7) == '1')
                        && fields.at(8) == ' ',
                "status line");
        http11 = fields.at(7) == '1';
        status = 0;
        for (int i = 9; i < 12; i++) {
            status = status * 10 + FieldLines.digit(fields.at(i));
        }
        FieldLines.require(
                status >= 100 && status <= 599 && (fields.at(12) == ' ' || fields.at(12) == '\r'),
                "status");
        return fields.lineEnd(12) + 2;
    }

    /// Whether the line just read is hop-by-hop or framing: read here, passed on never.
    private boolean framing() {
        return switch (fields.nameLength()) {
            case 2 -> fields.named("te");
            case 7 -> fields.named("trailer") || fields.named("upgrade");
            case 10 -> fields.named("keep-alive") || connection();
            case 14 -> fields.named("content-length") && length();
            case 16 -> fields.named("proxy-connection");
            case 17 -> fields.named("transfer-encoding") && coding();
            case 18 -> fields.named("proxy-authenticate");
            default -> false;
        };
    }

    private boolean length() {
        FieldLines.require(length < 0, "two content-length");
        length = fields.number();
        return true;
    }

    private boolean coding() {
        FieldLines.require(!chunked && fields.valued("chunked"), "transfer-encoding");
        chunked = true;
        return true;
    }

    private boolean connection() {
        boolean named = fields.named("connection");
        if (named) {
            options(fields.text(fields.valueFrom(), fields.valueTo()));
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

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable String header(String name) {
        int line = fields.find(name, 0);
        return line >= 0 && passed(name) ? fields.value(line) : null;
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> consumer) {
        HeaderText view = new HeaderText();
        for (int line = 0; line < fields.kept(); line++) {
            fields.name(line, view);
            String name = view.toString();
            if (passed(name)) {
                consumer.accept(name, fields.value(line));
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
}

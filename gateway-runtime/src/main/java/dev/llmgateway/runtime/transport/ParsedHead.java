package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The request head of one connection, read anew for each of its requests: valid until the next one
/// is read, which is when this one's reply has ended.
final class ParsedHead implements RequestHead {
    private static final String[] METHODS = {
        "POST", "GET", "HEAD", "OPTIONS", "DELETE", "PUT", "PATCH"
    };

    private final Channel channel;
    private final FieldLines fields;
    private final HeaderText name = new HeaderText();
    private final HeaderText value = new HeaderText();
    private final RequestFraming framing = new RequestFraming();
    private String method = "";
    private String target = "";
    private String path = "";
    private String query = "";
    private boolean http11;

    ParsedHead(Channel channel, HttpLimits limits) {
        this.channel = channel;
        this.fields = new FieldLines(limits.headers());
    }

    /// Reads the complete head `[from, to)`.
    ///
    /// @throws MalformedMessage for what is no head of a request
    void parse(ByteBuf buffer, int from, int to) {
        fields.load(buffer, from, to);
        framing.reset();
        int at = requestLine();
        while (at < fields.length() - 2) {
            at = fields.read(at);
            framing.line(fields);
            fields.keep();
        }
        FieldLines.require(!framing.coded() || http11, "a coding before HTTP/1.1");
    }

    private int requestLine() {
        int end = fields.lineEnd(0);
        int methodEnd = fields.token(0);
        FieldLines.require(methodEnd > 0 && fields.at(methodEnd) == ' ', "request line");
        int targetEnd = methodEnd + 1;
        while (targetEnd < end && fields.at(targetEnd) != ' ' && fields.at(targetEnd) != '\t') {
            targetEnd++;
        }
        FieldLines.require(
                targetEnd > methodEnd + 1 && fields.at(targetEnd) == ' ', "request line");
        version(targetEnd + 1, end);
        method = method(methodEnd);
        target(methodEnd + 1, targetEnd);
        return end + 2;
    }

    private void version(int from, int end) {
        boolean named = end - from == 8 && fields.equal(from, from + 5, "HTTP/");
        FieldLines.require(named && fields.at(from + 6) == '.', "version");
        int major = FieldLines.digit(fields.at(from + 5));
        int minor = FieldLines.digit(fields.at(from + 7));
        http11 = major == 1 && minor == 1;
    }

    private String method(int end) {
        for (String known : METHODS) {
            if (fields.equal(0, end, known)) {
                return known;
            }
        }
        return fields.text(0, end);
    }

    private void target(int from, int to) {
        if (fields.equal(from, to, target)) {
            return;
        }
        target = fields.text(from, to);
        int mark = target.indexOf('?');
        path = mark < 0 ? target : target.substring(0, mark);
        query = mark < 0 ? "" : target.substring(mark + 1);
    }

    /// As sent.
    String target() {
        return target;
    }

    boolean http11() {
        return http11;
    }

    RequestFraming framing() {
        return framing;
    }

    /// Header lines, those beyond the most that are kept included.
    int lineCount() {
        return fields.count();
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public @Nullable String header(String lower) {
        int line = fields.find(lower, 0);
        return line < 0 ? null : fields.value(line);
    }

    @Override
    public List<String> headers(String lower) {
        List<String> values = new ArrayList<>(1);
        for (int line = fields.find(lower, 0); line >= 0; line = fields.find(lower, line + 1)) {
            values.add(fields.value(line));
        }
        return values;
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> consumer) {
        for (int line = 0; line < fields.kept(); line++) {
            fields.name(line, name);
            fields.value(line, value);
            consumer.accept(name, value);
        }
    }

    @Override
    public long contentLength() {
        return framing.coded() ? -1 : Math.max(framing.length(), 0);
    }

    @Override
    public String remoteAddress() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "";
    }

    boolean expectsContinue() {
        return framing.expects();
    }

    boolean asksToClose() {
        int line = fields.find("connection", 0);
        while (line >= 0) {
            if (fields.value(line).toLowerCase(Locale.ROOT).contains("close")) {
                return true;
            }
            line = fields.find("connection", line + 1);
        }
        return false;
    }
}

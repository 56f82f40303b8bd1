package dev.llmgateway.runtime.dialect.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Where the event name and the data of one whole frame lie. A view, reused from frame to frame;
/// valid while the buffer is.
public final class SseFrame {
    private static final byte[] EVENT = "event".getBytes(US_ASCII);
    private static final byte[] DATA = "data".getBytes(US_ASCII);

    private static final byte[] NONE = {};

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private byte[] array = NONE;
    private int offset;
    private boolean onHeap;
    private int eventStart;
    private int eventEnd;
    private int lines;
    private int[] starts = new int[4];
    private int[] ends = new int[4];

    /// Reads the frame in `source[from, end)`. A byte order mark and comments are passed over.
    public void read(ByteBuf source, int from, int end) {
        begin(source);
        int i = startsWithMark(from, end) ? from + 3 : from;
        while (i < end) {
            int lineEnd = SseFrames.lineEnd(source, i, end);
            if (lineEnd > i) {
                line(i, lineEnd);
            }
            i = lineEnd + 1;
        }
    }

    /// The same for the frame that was just found, without looking for its lines again.
    public void read(ByteBuf source, int from, int end, SseFrames found) {
        if (!found.knowsLines()) {
            read(source, from, end);
            return;
        }
        begin(source);
        int i = startsWithMark(from, end) ? from + 3 : from;
        for (int n = 0; i < end; n++) {
            int lineEnd = found.lineEnd(n);
            if (lineEnd > i) {
                line(i, lineEnd);
            }
            boolean two = lineEnd + 1 < end && at(lineEnd) == '\r' && at(lineEnd + 1) == '\n';
            i = two ? lineEnd + 2 : lineEnd + 1;
        }
    }

    private void begin(ByteBuf source) {
        buffer = source;
        onHeap = source.hasArray();
        array = onHeap ? source.array() : NONE;
        offset = onHeap ? source.arrayOffset() : 0;
        eventStart = 0;
        eventEnd = 0;
        lines = 0;
    }

    public ByteBuf buffer() {
        return buffer;
    }

    public boolean hasEvent() {
        return eventEnd > eventStart;
    }

    /// @param name ASCII
    public boolean eventIs(String name) {
        return eventEnd - eventStart == name.length() && eventStartsWith(name);
    }

    public boolean eventStartsWith(String prefix) {
        return matches(eventStart, eventEnd, prefix);
    }

    /// @param suffix ASCII
    public boolean eventEndsWith(String suffix) {
        return matches(eventEnd - suffix.length(), eventEnd, suffix)
                && eventEnd - eventStart >= suffix.length();
    }

    /// The event name, decoded.
    public String event() {
        return buffer.toString(eventStart, eventEnd - eventStart, US_ASCII);
    }

    /// Lines of data; they form one text joined by `\n`.
    public int lines() {
        return lines;
    }

    /// Whether there is data that cannot be a JSON object, nor `[DONE]`: every format's events are
    /// one or the other. Looks at the first and the last byte only.
    public boolean looksBroken() {
        if (lines == 0 || starts[0] == ends[lines - 1]) {
            return false;
        }
        int last = ends[lines - 1] - 1;
        while (last > starts[lines - 1] && at(last) == ' ') {
            last--;
        }
        int first = starts[0];
        while (first < last && at(first) == ' ') {
            first++;
        }
        return !(at(first) == '{' && at(last) == '}') && !(at(first) == '[' && at(last) == ']');
    }

    /// Index of a data line's first byte in the buffer.
    public int start(int line) {
        return starts[line];
    }

    /// One past a data line's last byte.
    public int end(int line) {
        return ends[line];
    }

    public boolean dataIs(String text) {
        return lines == 1
                && ends[0] - starts[0] == text.length()
                && matches(starts[0], ends[0], text);
    }

    /// A copy of the data, lines joined by `\n`.
    public byte[] data() {
        if (lines == 1) {
            return ByteBufUtil.getBytes(buffer, starts[0], ends[0] - starts[0]);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            if (i > 0) {
                joined.write('\n');
            }
            joined.writeBytes(ByteBufUtil.getBytes(buffer, starts[i], ends[i] - starts[i]));
        }
        return joined.toByteArray();
    }

    /// Without the buffer's checks where there is an array.
    private byte at(int index) {
        return onHeap ? array[offset + index] : buffer.getByte(index);
    }

    private void line(int from, int end) {
        int value = value(from, end, DATA);
        if (value >= 0) {
            addData(value, end);
            return;
        }
        value = value(from, end, EVENT);
        if (value >= 0) {
            eventStart = value;
            eventEnd = end;
        }
    }

    private void addData(int from, int end) {
        if (lines == starts.length) {
            starts = Arrays.copyOf(starts, 2 * lines);
            ends = Arrays.copyOf(ends, 2 * lines);
        }
        starts[lines] = from;
        ends[lines++] = end;
    }

    /// Start of a field's value, one leading space left out; -1: another field.
    private int value(int from, int end, byte[] field) {
        int colon = from + field.length;
        if (colon > end || !matches(from, field)) {
            return -1;
        }
        if (colon == end) {
            return end;
        }
        if (at(colon) != ':') {
            return -1;
        }
        return colon + 1 < end && at(colon + 1) == ' ' ? colon + 2 : colon + 1;
    }

    private boolean matches(int from, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (at(from + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(int from, int end, String text) {
        if (from < 0 || end - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (at(from + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWithMark(int from, int end) {
        return end - from >= 3
                && at(from) == (byte) 0xEF
                && at(from + 1) == (byte) 0xBB
                && at(from + 2) == (byte) 0xBF;
    }
}

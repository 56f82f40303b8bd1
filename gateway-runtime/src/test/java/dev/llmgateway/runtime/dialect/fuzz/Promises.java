package dev.llmgateway.runtime.dialect.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.runtime.model.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// What holds for every output, whatever came in.
final class Promises {
    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNumberLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Promises() {}

    static void check(boolean held, String promise) {
        if (!held) {
            throw new AssertionError(promise);
        }
    }

    static void json(Slice text) {
        json(text.copy().bytes());
    }

    /// A client may name a member with the escape of half a surrogate pair: JSON permits it, and
    /// the name is passed on as it came, but Jackson refuses it.
    static void json(byte[] text) {
        try {
            String characters = withoutHalves(new String(text, UTF_8));
            check(MAPPER.readTree(characters).isContainerNode() || text[0] == '"', "not an object");
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + new String(text, UTF_8), e);
        }
    }

    /// With another character in the place of each escaped surrogate.
    private static String withoutHalves(String json) {
        StringBuilder out = new StringBuilder(json);
        for (int i = json.indexOf('\\'); i >= 0; i = json.indexOf('\\', i + 2)) {
            if (json.startsWith("ud", i + 1) || json.startsWith("uD", i + 1)) {
                out.setCharAt(i + 2, '0');
            }
        }
        return out.toString();
    }

    static void bounded(int in, int out) {
        check(out <= 64L * in + (64 << 10), out + " bytes out of " + in);
    }

    /// Whole frames, each with JSON or `[DONE]`, and the format's last frame when it has ended.
    static void frames(byte[] stream, boolean ended) {
        String text = decoded(stream);
        check(text.isEmpty() || text.endsWith("\n\n"), "a frame without its end");
        String last = "";
        for (String frame : text.split("\n\n", -1)) {
            for (String line : frame.split("\n", -1)) {
                last = line.isEmpty() ? last : line;
                if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
                    json(line.substring(6).getBytes(UTF_8));
                } else {
                    boolean other = line.startsWith("event: ") || line.equals("data: [DONE]");
                    check(line.isEmpty() || other, "not a line of a frame: " + line);
                }
            }
        }
        boolean closed =
                last.equals("data: [DONE]")
                        || last.startsWith("data: {\"type\":\"message_stop\"")
                        || last.startsWith("data: {\"type\":\"response.completed\"")
                        || last.startsWith("data: {\"type\":\"response.incomplete\"");
        check(ended == closed, "the last frame is " + last);
    }

    /// What a header line can carry.
    static void headerText(String note) {
        check(note.chars().allMatch(c -> c >= ' ' && c < 0x7F), "not for a header: " + note);
    }

    private static String decoded(byte[] text) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8", e);
        }
    }
}

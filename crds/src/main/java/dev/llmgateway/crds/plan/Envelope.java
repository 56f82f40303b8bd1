package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// `{"format":N,"<name>":{…}}` in UTF-8: a value and the format it is written in. The format stands
/// first, so that newer bytes are named as such before they are read.
///
/// @param name of the one field behind `format`, and of the thing in messages
record Envelope<T>(String name, Class<T> type) {
    /// Raised when a reader of the old format would misread the new one. A reader knows this format
    /// and the one before it.
    static final int FORMAT = 1;

    private static final int OLDEST = 1;

    byte[] encode(T value) {
        try {
            return (open() + PlanJson.MAPPER.writerFor(type).writeValueAsString(value) + "}")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw new IllegalStateException("a " + name + " is always JSON", e);
        }
    }

    /// Everything before the value.
    String open() {
        return "{\"format\":" + FORMAT + ",\"" + name + "\":";
    }

    /// @throws PlanFormatException for anything but exactly one value of a known format
    T decode(byte[] bytes) throws PlanFormatException {
        try (JsonParser parser = PlanJson.MAPPER.createParser(bytes)) {
            expect(parser, JsonToken.START_OBJECT, "an object {\"format\":…,\"" + name + "\":…}");
            field(parser, "format");
            expect(parser, JsonToken.VALUE_NUMBER_INT, "a number in format");
            known(parser);
            field(parser, name);
            expect(parser, JsonToken.START_OBJECT, "an object in " + name);
            T value = PlanJson.MAPPER.readValue(parser, type);
            expect(parser, JsonToken.END_OBJECT, "nothing after " + name);
            if (parser.nextToken() != null) {
                throw unreadable("text after the end");
            }
            return value;
        } catch (JacksonException e) {
            throw new PlanFormatException("unreadable " + name + ": " + PlanJson.describe(e), e);
        } catch (PlanFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail", e);
        }
    }

    private void known(JsonParser parser) throws IOException {
        long format = parser.getLongValue();
        if (format < OLDEST || format > FORMAT) {
            throw new PlanFormatException(
                    name
                            + " format "
                            + format
                            + " is unknown; this program reads format "
                            + (OLDEST == FORMAT ? "" : OLDEST + " and ")
                            + FORMAT);
        }
    }

    private void field(JsonParser parser, String wanted) throws IOException {
        expect(parser, JsonToken.FIELD_NAME, "field " + wanted);
        if (!parser.currentName().equals(wanted)) {
            throw unreadable("expected field " + wanted + ", found " + parser.currentName());
        }
    }

    private void expect(JsonParser parser, JsonToken token, String what) throws IOException {
        if (parser.nextToken() != token) {
            throw unreadable("expected " + what);
        }
    }

    private PlanFormatException unreadable(String why) {
        return new PlanFormatException("unreadable " + name + ": " + why);
    }
}

package dev.llmgateway.runtime.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.transport.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// What a body of Responses says about state that its account keeps.
///
/// @param previous `previous_response_id`; empty: none
/// @param place of that id, between its quotes
/// @param conversation it names a conversation that an account keeps
/// @param stores the reply is to be kept
record Continuation(String previous, Span place, boolean conversation, boolean stores) {
    static final Continuation NONE = new Continuation("", new Span(0, 0), false, false);

    /// Characters of an id.
    private static final int MOST = 512;

    /// Nothing is said; providers keep replies then.
    private static final Continuation UNSAID = new Continuation("", new Span(0, 0), false, true);

    static Continuation read(BodyFacts facts, RequestBody body) {
        int at = facts.marks().previousResponse();
        if (at < 0 && facts.marks().conversation() < 0 && facts.marks().store() < 0) {
            return UNSAID;
        }
        String id = at < 0 ? "" : string(body, at);
        int start = Math.max(0, at) + 1;
        return new Continuation(
                id,
                new Span(start, start + id.length()),
                first(body, facts.marks().conversation(), 'n') != 'n',
                first(body, facts.marks().store(), 't') != 'f');
    }

    /// The inside of a string as it stands; ids of ours have nothing to escape.
    private static String string(RequestBody body, int offset) {
        try (InputStream in = BodyStream.of(body, offset)) {
            if (in.read() != '"') {
                return "";
            }
            ByteArrayOutputStream id = new ByteArrayOutputStream();
            int next = in.read();
            while (next >= 0 && next != '"' && id.size() < MOST) {
                id.write(next);
                next = in.read();
            }
            return id.toString(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("a validated body could not be read", e);
        }
    }

    private static int first(RequestBody body, int offset, char absent) {
        if (offset < 0) {
            return absent;
        }
        try (InputStream in = BodyStream.of(body, offset)) {
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException("a validated body could not be read", e);
        }
    }
}

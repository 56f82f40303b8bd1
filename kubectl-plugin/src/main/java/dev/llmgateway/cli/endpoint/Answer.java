package dev.llmgateway.cli.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.llmgateway.crds.oauth.Form;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What an endpoint said.
///
/// @param text of the body, one character a byte
/// @param retryAfter value of that header; empty: none
record Answer(int status, String text, String retryAfter) {
    private static final int MOST_HEAD_BYTES = 32 * 1024;
    private static final int HEX = 16;

    static Answer read(InputStream in) throws IOException {
        Head head = Head.read(in);
        while (head.status() / 100 == 1) {
            head = Head.read(in);
        }
        String text = new String(body(head, in), ISO_8859_1);
        return new Answer(head.status(), text, head.value("retry-after"));
    }

    byte[] body() {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] body(Head head, InputStream in) throws IOException {
        if (head.value("transfer-encoding").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = head.value("content-length");
        if (length.isEmpty()) {
            return atMost(in.readNBytes(Form.MOST_ANSWER_BYTES + 1));
        }
        return exactly(in, number(length, 10));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = number(line(in).split(";", 2)[0].strip(), HEX);
            if (size == 0) {
                return all.toByteArray();
            }
            all.write(exactly(in, size));
            atMost(all.toByteArray());
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length > Form.MOST_ANSWER_BYTES) {
            throw tooLong();
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EndpointProblem("broke off inside its answer");
        }
        return body;
    }

    private static byte[] atMost(byte[] body) throws EndpointProblem {
        if (body.length > Form.MOST_ANSWER_BYTES) {
            throw tooLong();
        }
        return body;
    }

    private static EndpointProblem tooLong() {
        return new EndpointProblem("answered more than " + Form.MOST_ANSWER_BYTES + " bytes");
    }

    private static int number(String text, int radix) throws EndpointProblem {
        try {
            int number = Integer.parseInt(text, radix);
            if (number < 0) {
                throw new EndpointProblem("did not answer in HTTP");
            }
            return number;
        } catch (NumberFormatException _) {
            throw new EndpointProblem("did not answer in HTTP");
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw line.isEmpty()
                        ? new EndpointProblem("closed the connection without an answer")
                        : new EOFException();
            }
            if (line.length() > MOST_HEAD_BYTES) {
                throw new EndpointProblem("did not answer in HTTP");
            }
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    /// Status and fields, names in lower case; of several of a name the last.
    record Head(int status, Map<String, String> fields) {
        static Head read(InputStream in) throws IOException {
            String start = line(in);
            if (!start.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
                throw new EndpointProblem("did not answer in HTTP");
            }
            Map<String, String> fields = new TreeMap<>();
            int bytes = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                bytes += line.length();
                if (bytes > MOST_HEAD_BYTES) {
                    throw new EndpointProblem("did not answer in HTTP");
                }
                int colon = line.indexOf(':');
                if (colon > 0) {
                    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                    fields.put(name, line.substring(colon + 1).strip());
                }
            }
            return new Head(Integer.parseInt(start.substring(9, 12)), fields);
        }

        String value(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /// The body as it stands is secret.
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}

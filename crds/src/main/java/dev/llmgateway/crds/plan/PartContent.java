package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// How a part lies in its Secret: as JSON under `part.json`, or compressed under `part.json.gz`.
public final class PartContent {
    public static final String PLAIN_KEY = "part.json";
    public static final String GZIP_KEY = "part.json.gz";

    /// Most bytes of a part before compression. In base64 and with its frame it stays below the 1
    /// MiB an API server takes for the data of a Secret, however badly it compresses.
    public static final int MOST_BYTES = 700 * 1024;

    private static final int GZIP_FROM = 64 * 1024;
    private static final Envelope<PlanPart> PART = new Envelope<>("part", PlanPart.class);

    private PartContent() {}

    /// @param key `part.json` or `part.json.gz`
    /// @param base64 as the `data` of a Secret has it
    public record Stored(String key, String base64) {
        @Override
        public String toString() {
            return "Stored[" + key + ", " + base64.length() + " characters]";
        }
    }

    static byte[] encode(PartEntry entry) {
        try {
            return PlanJson.MAPPER.writerFor(PartEntry.class).writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry is always JSON", e);
        }
    }

    /// The part of these encoded entries, in this order.
    static byte[] join(PartKind kind, Collection<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(kind));
        int count = 0;
        for (byte[] entry : entries) {
            if (count++ > 0) {
                out.write(',');
            }
            out.writeBytes(entry);
        }
        out.writeBytes("]}}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /// What a part without entries weighs.
    static int frameBytes(PartKind kind) {
        return head(kind).length + 3;
    }

    private static byte[] head(PartKind kind) {
        return (PART.open() + "{\"kind\":\"" + kind.text() + "\",\"entries\":[")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Stored store(byte[] content) {
        boolean large = content.length > GZIP_FROM;
        byte[] stored = large ? gzip(content) : content;
        return new Stored(large ? GZIP_KEY : PLAIN_KEY, Base64.getEncoder().encodeToString(stored));
    }

    /// Reads what lies where the index says a part is.
    ///
    /// @param key `part.json` or `part.json.gz`
    /// @throws PlanFormatException when it is not the part the index means
    public static PlanPart read(IndexedPart expected, String key, byte[] stored)
            throws PlanFormatException {
        byte[] content = key.equals(GZIP_KEY) ? gunzip(expected, stored) : stored;
        if (content.length != expected.bytes() || !Sha256.hex(content).equals(expected.sha256())) {
            throw new PlanFormatException(
                    "part " + expected.name() + " is not the one the index names");
        }
        PlanPart part = decode(expected, content);
        boolean foreign =
                part.entries().stream().anyMatch(entry -> entry.kind() != expected.kind());
        if (foreign || part.entries().size() != expected.entries()) {
            throw new PlanFormatException(
                    "part " + expected.name() + " holds other entries than the index says");
        }
        return part;
    }

    /// What a parser says of credentials could quote them.
    private static PlanPart decode(IndexedPart expected, byte[] content)
            throws PlanFormatException {
        try {
            return PART.decode(content);
        } catch (PlanFormatException e) {
            if (expected.kind() != PartKind.Credentials) {
                throw e;
            }
            throw new PlanFormatException("part " + expected.name() + " holds no credentials");
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return out.toByteArray();
    }

    /// Stops one byte behind the length the index gives, whatever the stream would still yield.
    private static byte[] gunzip(IndexedPart expected, byte[] stored) throws PlanFormatException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return gzip.readNBytes(expected.bytes() + 1);
        } catch (IOException e) {
            throw new PlanFormatException("part " + expected.name() + " is no gzip", e);
        }
    }
}

package dev.llmgateway.operator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The content of the ConfigMap `<gateway>-usage`: a ledger that a restarted operator goes on from.
/// Each UID stands once, with a row for the ended processes and one for each running, and the whole
/// is compressed: 5,000 keys on 3 pods are some 300 KB of the 1 MiB a ConfigMap may have.
public final class UsageCheckpoint {
    /// The key in `binaryData`.
    public static final String KEY = "usage.json.gz";

    /// A ConfigMap holds less; what is larger is no checkpoint of ours.
    private static final int MOST_BYTES = 16 << 20;

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private UsageCheckpoint() {}

    /// Equal ledgers give equal content.
    public static Map<String, String> binaryData(UsageLedger ledger) {
        List<String> processes = List.copyOf(new TreeSet<>(ledger.running().keySet()));
        List<Usage> columns = new ArrayList<>(List.of(ledger.ended()));
        processes.forEach(process -> columns.add(ledger.running().get(process)));
        ObjectNode page = JSON.createObjectNode().put("format", FORMAT);
        processes.forEach(page.putArray("processes")::add);
        rows(page.putObject("accounts"), columns, Usage::accounts);
        rows(page.putObject("keys"), columns, Usage::keys);
        return Map.of(KEY, compressed(page));
    }

    /// Empty: there is none, or none this release reads; counting starts anew.
    public static Optional<UsageLedger> read(Map<String, String> binaryData) {
        @Nullable String content = binaryData.get(KEY);
        if (content == null) {
            return Optional.empty();
        }
        try (var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(content));
                var plain = new GZIPInputStream(bytes)) {
            JsonNode page = JSON.readTree(plain.readNBytes(MOST_BYTES));
            return page.path("format").asInt() == FORMAT
                    ? Optional.of(ledger(page))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void rows(
            ObjectNode page, List<Usage> columns, Function<Usage, Map<String, Counts>> part) {
        TreeSet<String> uids = new TreeSet<>();
        columns.forEach(column -> uids.addAll(part.apply(column).keySet()));
        for (String uid : uids) {
            ArrayNode rows = page.putArray(uid);
            columns.forEach(column ->
                    row(rows.addArray(), part.apply(column).getOrDefault(uid, Counts.NONE)));
        }
    }

    private static void row(ArrayNode row, Counts counts) {
        if (!counts.equals(Counts.NONE)) {
            row.add(counts.requests())
                    .add(counts.errors())
                    .add(counts.inputTokens())
                    .add(counts.outputTokens())
                    .add(counts.cacheReadTokens())
                    .add(counts.cacheWriteTokens())
                    .add(counts.lastUsedMillis());
        }
    }

    private static UsageLedger ledger(JsonNode page) {
        JsonNode processes = page.path("processes");
        Map<String, Usage> running = new TreeMap<>();
        for (int i = 0; i < processes.size(); i++) {
            running.put(processes.get(i).asText(), column(page, i + 1));
        }
        return new UsageLedger(column(page, 0), running);
    }

    private static Usage column(JsonNode page, int index) {
        return new Usage(
                column(page.path("accounts").properties(), index),
                column(page.path("keys").properties(), index));
    }

    private static Map<String, Counts> column(
            Iterable<Map.Entry<String, JsonNode>> rows, int index) {
        Map<String, Counts> column = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : rows) {
            JsonNode row = entry.getValue().path(index);
            if (!row.isEmpty()) {
                column.put(entry.getKey(), counts(row));
            }
        }
        return column;
    }

    private static Counts counts(JsonNode row) {
        return new Counts(
                row.path(0).asLong(),
                row.path(1).asLong(),
                row.path(2).asLong(),
                row.path(3).asLong(),
                row.path(4).asLong(),
                row.path(5).asLong(),
                row.path(6).asLong());
    }

    private static String compressed(ObjectNode page) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
                packed.write(JSON.writeValueAsBytes(page));
            }
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}

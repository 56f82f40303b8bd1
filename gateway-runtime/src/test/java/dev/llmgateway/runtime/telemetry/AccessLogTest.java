package dev.llmgateway.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.model.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    @Test
    void everyRecordBecomesOneLineOfJson() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (AccessLog log = new AccessLog(2, out).start()) {
            log.write(0, record("claude"));
            log.write(1, record("gpt"));
        }

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode line = new ObjectMapper().readTree(lines.getFirst());
        assertThat(line.get("time").asText()).isEqualTo("2026-11-25T00:00:00.000Z");
        assertThat(line.get("model_asked").asText()).isEqualTo("claude");
        assertThat(line.get("output_tokens").asLong()).isEqualTo(12);
        assertThat(line.get("outcome").asText()).isEqualTo("served");
        assertThat(line.has("owner")).isFalse();
    }

    @Test
    void noTextOfAClientCanBreakALine() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String hostile = "a\"b\\c\n\r\u0000\u001b[31m\u2028\u202e\ud800ü" + "x".repeat(2_000);

        try (AccessLog log = new AccessLog(1, out).start()) {
            log.write(0, record(hostile));
        }

        String line = out.toString(StandardCharsets.UTF_8);
        assertThat(line.strip().chars()).allMatch(c -> c >= ' ' && c < 127);
        assertThat(new ObjectMapper().readTree(line).get("model_asked").asText())
                .isEqualTo(hostile.substring(0, 512));
    }

    @Test
    void aFullRingDropsWholeLinesAndCountsThem() throws Exception {
        LogRing ring = new LogRing(16);
        byte[] line = "0123456789\n".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ring.offer(line, line.length);
        ring.offer(line, line.length);
        ring.drainTo(out);
        ring.offer(line, line.length);
        ring.drainTo(out);

        assertThat(ring.dropped()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("0123456789\n0123456789\n");
    }

    private static AccessRecord record(String model) {
        return new AccessRecord(
                1_795_564_800_000L,
                "req_1",
                new ObjectRef("default", "dev"),
                "",
                "",
                "Messages",
                "Messages",
                model,
                model,
                new ObjectRef("default", "a"),
                1,
                200,
                Outcome.Served,
                new Usage(3, 12, 0, 0, 0),
                5,
                4,
                3,
                100,
                200,
                false,
                "",
                "");
    }
}

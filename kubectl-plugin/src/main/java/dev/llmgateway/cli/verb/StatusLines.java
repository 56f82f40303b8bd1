package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Ages;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Tone;
import java.time.Instant;

/// Parts of a status that accounts and keys have in common. Pure.
public final class StatusLines {
    private StatusLines() {}

    public static void usage(Page page, JsonNode usage, Instant now) {
        if (usage.isObject()) {
            page.line(
                    "label.usage",
                    "requests %d, errors %d, input %d, output %d, cached %d"
                            .formatted(
                                    usage.path("requests").asLong(),
                                    usage.path("errors").asLong(),
                                    usage.path("inputTokens").asLong(),
                                    usage.path("outputTokens").asLong(),
                                    usage.path("cacheReadTokens").asLong()));
            page.line("label.lastUsed", Ages.since(usage.path("lastUsedTime").asText(), now));
        }
    }

    /// Every condition with its message, which says what to change.
    public static void conditions(Page page, JsonNode object) {
        JsonNode conditions = object.at("/status/conditions");
        if (conditions.isEmpty()) {
            return;
        }
        page.heading("label.conditions");
        for (JsonNode condition : conditions) {
            String status = condition.path("status").asText();
            String message = condition.path("message").asText();
            page.item(
                    Cell.of("%-16s".formatted(condition.path("type").asText())),
                    new Cell("%-7s".formatted(status), Tone.ofCondition(status)),
                    Cell.of(
                            condition.path("reason").asText()
                                    + (message.isEmpty() ? "" : ": " + message)));
        }
    }
}

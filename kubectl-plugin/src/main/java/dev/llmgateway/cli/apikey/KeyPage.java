package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Ages;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Page;
import dev.llmgateway.cli.verb.Pods;
import dev.llmgateway.cli.verb.StatusLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One key for people; never the key itself. Pure.
final class KeyPage {
    private KeyPage() {}

    static Result.View of(
            JsonNode key, Optional<JsonNode> gateway, Messages messages, Instant now) {
        String owner =
                Facts.text(key, "/spec/owner/kind") + "/" + Facts.text(key, "/spec/owner/name");
        Page page =
                new Page(messages)
                        .line("label.name", Facts.namespace(key) + "/" + Facts.name(key))
                        .line("label.displayName", Facts.text(key, "/spec/displayName"))
                        .line("label.gateway", Facts.text(key, "/spec/gatewayRef/name"))
                        .line("label.owner", owner.equals("/") ? "" : owner)
                        .line("label.prefix", Facts.text(key, "/status/keyPrefix"))
                        .line("label.hashes", joined(key.at("/status/hashes"), "id"))
                        .line("label.access", joined(key.at("/spec/access"), ""))
                        .line("label.models", KeyTable.models(key))
                        .line("label.expires", Ages.until(Facts.text(key, "/spec/expiresAt"), now))
                        .line("label.limits", limits(key.at("/spec/limits")))
                        .line("label.budgets", budgets(key));
        StatusLines.usage(page, key.at("/status/usage"), now);
        gateway.ifPresent(config -> page.line("label.pods", Pods.having(key, config)));
        StatusLines.conditions(page, key);
        return page.view();
    }

    /// @param field of each item; empty: the items themselves
    private static String joined(JsonNode items, String field) {
        List<String> texts = new ArrayList<>();
        items.forEach(
                item -> texts.add(field.isEmpty() ? item.asText() : item.path(field).asText()));
        return String.join(", ", texts);
    }

    private static String limits(JsonNode limits) {
        List<String> texts = new ArrayList<>();
        limits.properties()
                .forEach(limit -> texts.add(limit.getKey() + " " + limit.getValue().asText()));
        return String.join(", ", texts);
    }

    private static String budgets(JsonNode key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode budget : key.at("/spec/budgets")) {
            texts.add(
                    "%s %s/%s"
                            .formatted(
                                    budget.path("limit").asText(),
                                    budget.path("unit").asText(),
                                    budget.path("window").asText()));
        }
        for (JsonNode budget : key.at("/status/budgets")) {
            texts.add(
                    "%s used of %s (%s)"
                            .formatted(
                                    budget.path("used").asText("0"),
                                    budget.path("limit").asText(),
                                    budget.path("name").asText()));
        }
        return String.join(", ", texts);
    }
}

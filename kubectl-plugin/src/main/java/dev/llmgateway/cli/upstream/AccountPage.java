package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Ages;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Page;
import dev.llmgateway.cli.verb.Pods;
import dev.llmgateway.cli.verb.StatusLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One account for people. Pure.
final class AccountPage {
    private AccountPage() {}

    static Result.View of(
            JsonNode account, Optional<JsonNode> gateway, Messages messages, Instant now) {
        String state = Facts.text(account, "/status/state");
        Page page =
                new Page(messages)
                        .line("label.name", Facts.namespace(account) + "/" + Facts.name(account))
                        .line("label.displayName", Facts.text(account, "/spec/displayName"))
                        .line("label.state", new Cell(state, Tone.ofState(state)))
                        .line("label.gateway", Facts.text(account, "/spec/gatewayRef/name"))
                        .line("label.provider", Facts.text(account, "/spec/provider"))
                        .line("label.baseUrl", Facts.text(account, "/spec/baseURL"))
                        .line("label.models", models(account))
                        .line("label.pool", account.at("/spec/pool").asText("default"))
                        .line("label.priority", account.at("/spec/priority").asText("0"))
                        .line("label.weight", account.at("/spec/weight").asText("100"));
        credential(page, account, now);
        health(page, account, now);
        StatusLines.usage(page, account.at("/status/usage"), now);
        gateway.ifPresent(config -> page.line("label.pods", Pods.having(account, config)));
        StatusLines.conditions(page, account);
        return page.view();
    }

    private static String models(JsonNode account) {
        List<String> names = new ArrayList<>();
        for (JsonNode model : account.at("/spec/models")) {
            String upstream = model.path("upstream").asText();
            names.add(model.path("name").asText() + (upstream.isEmpty() ? "" : "=" + upstream));
        }
        return String.join(", ", names);
    }

    private static void credential(Page page, JsonNode account, Instant now) {
        page.line("label.auth", AccountTable.auth(account))
                .line("label.fingerprint", Facts.text(account, "/status/credential/fingerprint"))
                .line(
                        "label.expires",
                        Ages.until(Facts.text(account, "/status/credential/expiresAt"), now));
    }

    private static void health(Page page, JsonNode account, Instant now) {
        JsonNode health = account.at("/status/health");
        page.line("label.until", Ages.until(health.path("until").asText(), now));
        JsonNode failure = health.path("lastFailure");
        if (failure.isObject()) {
            String text =
                    failure.path("class").asText() + " " + failure.path("httpStatus").asText();
            page.line(
                    "label.lastFailure",
                    text.strip() + " " + Ages.since(failure.path("time").asText(), now));
        }
    }
}

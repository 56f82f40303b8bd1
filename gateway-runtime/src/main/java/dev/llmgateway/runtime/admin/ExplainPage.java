package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.balance.Availability;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.routing.Question;
import java.util.Optional;

/// `/explain`: who would serve a key's requests for a model, in which order, and why not the
/// others.
final class ExplainPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Services services;

    ExplainPage(Services services) {
        this.services = services;
    }

    /// For every format; empty: the plan has no such key.
    Optional<String> json(String key, String model) {
        Snapshot snapshot = services.live().current();
        Caller caller = snapshot == null ? null : snapshot.keys().find(key);
        if (snapshot == null || caller == null) {
            return Optional.empty();
        }
        ObjectNode page = JSON.createObjectNode();
        page.put("key", key)
                .put("model", model)
                .put("revision", snapshot.revision())
                .put("strategy", snapshot.plan().settings().strategy())
                .put("affinity", snapshot.plan().settings().affinity().enabled());
        ObjectNode formats = page.putObject("formats");
        for (WireFormat format : WireFormat.values()) {
            if (format != WireFormat.Models) {
                Decision decision =
                        snapshot.routes().decide(new Question(caller, model, format, false));
                decision(formats.putObject(format.name()), decision);
            }
        }
        return Optional.of(page.toPrettyString());
    }

    private void decision(ObjectNode page, Decision decision) {
        route(page, decision);
        ArrayNode candidates = page.putArray("candidates");
        for (int i = 0; i < decision.tiers().size(); i++) {
            for (Candidate candidate : decision.tiers().get(i).candidates()) {
                candidate(candidates.addObject(), i, candidate);
            }
        }
        excluded(page, decision);
    }

    /// How a decision was found, as far as it does not change.
    static void route(ObjectNode page, Decision decision) {
        page.put("route", decision.route());
    }

    private void candidate(ObjectNode page, int tier, Candidate candidate) {
        Availability now =
                Availability.of(
                        services.accounts().of(candidate.account().uid()),
                        candidate,
                        services.clock().millis());
        names(page, tier, candidate);
        page.put("usable", now.kind().usable()).put("reason", now.kind().name());
        AccountsPage.time(page, "until", now.untilMillis());
    }

    /// @param tier place in the order of tiers, from 0
    static void names(ObjectNode page, int tier, Candidate candidate) {
        page.put("tier", tier)
                .put("account", candidate.account().ref().toString())
                .put("model", candidate.model())
                .put("format", candidate.format().name())
                .put("targetPriority", candidate.targetPriority())
                .put("accountPriority", candidate.account().priority())
                .put("weight", candidate.weight());
    }

    static void excluded(ObjectNode page, Decision decision) {
        ArrayNode excluded = page.putArray("excluded");
        for (Decision.Exclusion exclusion : decision.exclusions()) {
            excluded.addObject()
                    .put("account", exclusion.account().toString())
                    .put("reason", exclusion.reason().name())
                    .put("message", exclusion.reason().text());
        }
    }
}

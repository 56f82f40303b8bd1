package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.PlanCodec;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.routing.Question;
import dev.llmgateway.runtime.usage.Counters;
import java.util.Optional;

/// The admin port's JSON pages: what is loaded, how the accounts are, why a request goes where. No
/// secrets.
final class AdminPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Services services;
    private final AdminFacts facts;

    AdminPages(Services services, AdminFacts facts) {
        this.services = services;
        this.facts = facts;
    }

    String plan() {
        LoadReport report = facts.report();
        ObjectNode page = JSON.createObjectNode();
        page.put("revision", report.revision()).put("loadedAtMillis", report.loadedAtMillis());
        Snapshot snapshot = services.live().current();
        if (snapshot != null) {
            page.put("gateway", snapshot.plan().gateway().toString());
            page.put("accounts", snapshot.plan().accounts().size());
            page.put("keys", snapshot.plan().keys().size());
            page.put("modelRoutes", snapshot.plan().routes().size());
        }
        page.put("readyPods", report.readyPods());
        if (snapshot != null) {
            page.put("digest", PlanCodec.digest(snapshot.plan()));
        }
        ObjectNode parts = page.putObject("parts");
        report.digests().forEach(parts::put);
        page.put("errors", report.errors());
        ArrayNode problems = page.putArray("problems");
        report.problems().forEach(problems::add);
        return page.toPrettyString();
    }

    String accounts() {
        ArrayNode page = JSON.createArrayNode();
        Snapshot snapshot = services.live().current();
        if (snapshot == null) {
            return page.toPrettyString();
        }
        for (AccountPlan account : snapshot.plan().accounts()) {
            Counters.Totals used = services.usage().account(account.uid()).totals();
            page.addObject()
                    .put("account", account.ref().toString())
                    .put("provider", account.provider().name())
                    .put("pool", account.pool())
                    .put("priority", account.priority())
                    .put("suspended", account.suspended())
                    .put("inFlight", services.accounts().of(account.uid()).inFlight())
                    .put("requests", used.requests())
                    .put("errors", used.errors())
                    .put("inputTokens", used.inputTokens())
                    .put("outputTokens", used.outputTokens());
        }
        return page.toPrettyString();
    }

    /// Candidates and reasons for one key and model, in every format; empty when the key is
    /// unknown.
    Optional<String> explain(String key, String model) {
        Snapshot snapshot = services.live().current();
        Caller caller = snapshot == null ? null : snapshot.keys().find(key);
        if (snapshot == null || caller == null) {
            return Optional.empty();
        }
        ObjectNode page = JSON.createObjectNode();
        page.put("key", key).put("model", model).put("revision", snapshot.revision());
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

    private static void decision(ObjectNode page, Decision decision) {
        page.put("route", decision.route());
        ArrayNode candidates = page.putArray("candidates");
        for (Decision.Tier tier : decision.tiers()) {
            for (Candidate candidate : tier.candidates()) {
                candidates
                        .addObject()
                        .put("account", candidate.account().ref().toString())
                        .put("model", candidate.model())
                        .put("targetPriority", tier.targetPriority())
                        .put("accountPriority", tier.accountPriority())
                        .put("weight", candidate.weight());
            }
        }
        ArrayNode excluded = page.putArray("excluded");
        for (Decision.Exclusion exclusion : decision.exclusions()) {
            excluded.addObject()
                    .put("account", exclusion.account().toString())
                    .put("reason", exclusion.reason().name())
                    .put("message", exclusion.reason().text());
        }
    }
}
